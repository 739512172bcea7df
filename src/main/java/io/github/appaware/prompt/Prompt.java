package io.github.appaware.prompt;

import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Puts questions to the person at the controlling terminal.
 *
 * <p>The code that opens a prompt sends {@link QuestionMessage.Attend} to begin with; the prompt
 * itself withdraws it when the terminal is gone.
 */
public final class Prompt implements AutoCloseable {
  /** Sends messages to the server. */
  public interface Sender {
    void send(QuestionMessage message) throws IOException;
  }

  /** Events other than messages. */
  enum Signal {
    /** The size of the terminal has changed. */
    RESIZED,
    /** Ctrl-Z. */
    SUSPEND,
    /** The shell lets this process go on. */
    RESUMED,
    /** Ctrl-C. */
    INTERRUPT,
    /** The run received a signal that may end it. */
    LEAVE,
    /** The server is away: it asks anew what it still wants to know. */
    RESET,
    CLOSE
  }

  /** A line to print above a question. */
  record Notice(String text) {}

  private static final long CLOSE_MILLIS = 3_000;
  private static final int MOST = 10_000;

  private final BlockingQueue<Object> inbox = new LinkedBlockingQueue<>();
  private final Thread thread;

  private Prompt(
      Clock clock,
      String here,
      Sender sender,
      Supplier<Stream<ProcessHandle>> processes,
      OutputStream terminal,
      ScreenColors colors,
      boolean alone) {
    PromptLoop loop =
        new PromptLoop(inbox, clock, here, sender, processes, terminal, colors, System::nanoTime);
    thread = new Thread(alone ? loop::runAlone : loop, "appaware-prompt");
    thread.setDaemon(true);
  }

  /**
   * Opens the controlling terminal, whatever the standard streams are. Cheap: the terminal's modes
   * are left alone until the first question.
   *
   * @param clock the time, and the zone in which times are shown and read
   * @param here the machine that questions do not name; empty to name every machine
   * @param sender called only by the prompt's own thread
   * @param processes supplies the run's processes on this machine, for each question, parents
   *     before children; those that can use the terminal are stopped while a question is on it
   * @param colors whether the user wants what is not plain text
   * @return empty when there is no controlling terminal
   */
  public static Optional<Prompt> open(
      Clock clock,
      String here,
      Sender sender,
      Supplier<Stream<ProcessHandle>> processes,
      boolean colors) {
    return open(clock, here, sender, processes, colors, false);
  }

  /**
   * The same for a process that has the terminal to itself: what is typed while there is no
   * question is neither shown nor left for the shell.
   */
  public static Optional<Prompt> openAlone(
      Clock clock, String here, Sender sender, boolean colors) {
    return open(clock, here, sender, Stream::empty, colors, true);
  }

  private static Optional<Prompt> open(
      Clock clock,
      String here,
      Sender sender,
      Supplier<Stream<ProcessHandle>> processes,
      boolean colors,
      boolean alone) {
    try {
      ScreenColors screen = ScreenColors.of(colors, System.getenv());
      Prompt prompt = new Prompt(clock, here, sender, processes, Tty.open(), screen, alone);
      prompt.thread.start();
      return Optional.of(prompt);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Takes a message of the server. Never blocks: while the terminal accepts no output, questions
   * beyond a limit are dropped, and time out at the server.
   */
  public void receive(QuestionMessage message) {
    if (inbox.size() < MOST || !(message instanceof QuestionMessage.Question)) {
      inbox.add(message);
    }
  }

  /** Prints a line, whose text must be escaped already, above the question if there is one. */
  public void notice(String line) {
    inbox.add(new Notice(line));
  }

  /** Ctrl-C was pressed: open questions, and those of the next seconds, are left to others. */
  public void interrupted() {
    inbox.add(Signal.INTERRUPT);
  }

  /** The same, after another signal, or because the server is gone. */
  public void leave() {
    inbox.add(Signal.LEAVE);
  }

  /** The server is away: questions of before are dropped, and may be asked again. */
  public void reset() {
    inbox.add(Signal.RESET);
  }

  /** Clears the question and restores the terminal. */
  @Override
  public void close() {
    inbox.add(Signal.CLOSE);
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
