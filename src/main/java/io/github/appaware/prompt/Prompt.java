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
 * <p>Who opens it says {@link QuestionMessage.Attend} when questions may come; it says itself when
 * they no longer may, as the terminal is gone.
 */
public final class Prompt implements AutoCloseable {
  /** Where what the person says goes. */
  public interface Sender {
    void send(QuestionMessage message) throws IOException;
  }

  /** What else than messages can happen. */
  enum Signal {
    /** The terminal has another size. */
    RESIZED,
    /** Ctrl-Z. */
    SUSPEND,
    /** Ctrl-C. */
    INTERRUPT,
    /** The run was told to end. */
    LEAVE,
    CLOSE
  }

  /** A line to be printed above a question. */
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
      OutputStream terminal) {
    thread =
        new Thread(
            () -> new PromptLoop(inbox, clock, here, sender, processes, terminal).run(),
            "appaware-prompt");
    thread.setDaemon(true);
  }

  /**
   * Opens the controlling terminal, whatever the standard streams are. Cheap: the terminal's modes
   * are left alone until the first question.
   *
   * @param clock the time, and the zone in which times are shown and understood
   * @param here the machine that goes without saying; other machines are named in the question, and
   *     with an empty one every machine is
   * @param sender called by the prompt's own thread only
   * @param processes the run's processes on this machine, asked for anew with each question; those
   *     that read the terminal are stopped while a question is on the screen
   * @return empty when there is no controlling terminal
   */
  public static Optional<Prompt> open(
      Clock clock, String here, Sender sender, Supplier<Stream<ProcessHandle>> processes) {
    try {
      Prompt prompt = new Prompt(clock, here, sender, processes, Tty.open());
      prompt.thread.start();
      return Optional.of(prompt);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Takes a message of the server. Never blocks: when the terminal takes nothing for long, further
   * questions are dropped, and the server denies them in time.
   */
  public void receive(QuestionMessage message) {
    if (inbox.size() < MOST || !(message instanceof QuestionMessage.Question)) {
      inbox.add(message);
    }
  }

  /** Prints a line, which is fit to be printed, above the question if there is one. */
  public void notice(String line) {
    inbox.add(new Notice(line));
  }

  /** Ctrl-C was pressed: the question on the screen is left to others. */
  public void interrupted() {
    inbox.add(Signal.INTERRUPT);
  }

  /** All questions that wait are left to others, and the terminal is given back at once. */
  public void leave() {
    inbox.add(Signal.LEAVE);
  }

  /** Takes the question off the screen and makes the terminal as it was. */
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
