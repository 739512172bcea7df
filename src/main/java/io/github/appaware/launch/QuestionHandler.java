package io.github.appaware.launch;

import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whoever answers the questions of a run: a person at the terminal, people at consoles, nobody. */
public interface QuestionHandler {
  /** What an answerer says goes to the server. */
  interface Line {
    /** Called by any thread. */
    void send(QuestionMessage message) throws IOException;
  }

  /** Has nobody asked. */
  QuestionHandler NOBODY =
      new QuestionHandler() {
        @Override
        public void begin(Line line, Supplier<Stream<ProcessHandle>> processes) {}

        @Override
        public void receive(QuestionMessage message) {}

        @Override
        public void interrupted() {}

        @Override
        public void leave() {}

        @Override
        public void end() {}
      };

  /**
   * The server knows the run, the target does not run yet: from now on questions can be asked for,
   * with {@link QuestionMessage.Attend}.
   *
   * @param processes those of the run that live, when it is called
   */
  void begin(Line line, Supplier<Stream<ProcessHandle>> processes);

  /** What the server says; called by the thread that hears it, which must not be kept. */
  void receive(QuestionMessage message);

  /** Ctrl-C, or the same by a signal: the question that a person looks at is no longer theirs. */
  void interrupted();

  /**
   * The run was told to end, or to do something else by the same signal: whoever is asked here
   * leaves all that waits to others at once, and gives the terminal back. The target may go on and
   * have questions again.
   */
  void leave();

  /** The target has ended, or nobody serves it any more. May be called several times. */
  void end();
}
