package io.github.appaware.launch;

import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts the questions of a run to its user: on the terminal, on consoles, or not at all. */
public interface QuestionHandler {
  /** Sends messages to the server. */
  interface Sender {
    /** Called by any thread. */
    void send(QuestionMessage message) throws IOException;
  }

  /** Asks no questions. */
  QuestionHandler NONE =
      new QuestionHandler() {
        @Override
        public void begin(Sender sender, Supplier<Stream<ProcessHandle>> processes) {}

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
   * The server knows the run, the target is not started yet: from now on questions can be asked for
   * with {@link QuestionMessage.Attend}.
   *
   * @param processes the live processes of the run at the time of the call
   */
  void begin(Sender sender, Supplier<Stream<ProcessHandle>> processes);

  /** Takes a message of the server; must not block, as it is called by the reading thread. */
  void receive(QuestionMessage message);

  /** Ctrl-C, or SIGINT: the question on the screen is left to consoles. */
  void interrupted();

  /**
   * A signal that may end the run was received: leaves all open questions to consoles at once, and
   * releases the terminal. If the target goes on, it may ask again.
   */
  void leave();

  /** The target or its server has ended. May be called several times. */
  void end();
}
