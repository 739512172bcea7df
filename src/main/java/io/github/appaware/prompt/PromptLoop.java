package io.github.appaware.prompt;

import io.github.appaware.prompt.Prompt.Notice;
import io.github.appaware.prompt.Prompt.Sender;
import io.github.appaware.prompt.Prompt.Signal;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Waits for questions; while there is one, a {@link PromptSession} has the terminal. What lets a
 * program go on is sent when the terminal is the program's again.
 */
final class PromptLoop implements Runnable {
  /**
   * After a signal that may end the run no question is asked for this long: the program that is
   * ending would ask to no purpose. One that goes on, as an interpreter does after Ctrl-C, is asked
   * about again.
   */
  static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long TICK_MILLIS = 200;
  private static final long STOP_MILLIS = 200;

  private final BlockingQueue<Object> inbox;
  private final Sender sender;
  private final OutputStream terminal;
  private final TargetTerminal target;
  private final TerminalKeeper keeper = new TerminalKeeper();
  private final IdleTerminal idle;
  private final ScreenColors colors;
  private final Dialog dialog;
  private final LongSupplier nanos;
  private final Charset charset = charset();
  private final List<QuestionMessage> held = new ArrayList<>();
  private boolean holding;
  private boolean quiet;
  private long quietUntil;
  private boolean closed;

  PromptLoop(
      BlockingQueue<Object> inbox,
      Clock clock,
      String here,
      Sender sender,
      Supplier<Stream<ProcessHandle>> processes,
      OutputStream terminal,
      ScreenColors colors,
      LongSupplier nanos) {
    this.colors = colors;
    this.inbox = inbox;
    this.sender = sender;
    this.terminal = terminal;
    this.nanos = nanos;
    target = new TargetTerminal(processes, keeper);
    idle = new IdleTerminal(inbox, keeper);
    dialog = new Dialog(clock, here, () -> nanos.getAsLong() / 1_000_000, this::send);
  }

  private static Charset charset() {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = System.getenv(name);
      if (value != null && !value.isEmpty()) {
        return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8")
            ? StandardCharsets.UTF_8
            : StandardCharsets.US_ASCII;
      }
    }
    return StandardCharsets.US_ASCII;
  }

  /** Requests are sent at once, what ends a question when a session that holds it back lets it. */
  private void send(QuestionMessage message) {
    boolean request =
        message instanceof QuestionMessage.Preview
            || message instanceof QuestionMessage.Inspect
            || message instanceof QuestionMessage.Engage
            || message instanceof QuestionMessage.TakeBack
            || message instanceof QuestionMessage.Pin;
    if (holding && !request) {
      held.add(message);
      return;
    }
    try {
      sender.send(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on answers are held back: the terminal is the question's. */
  void hold() {
    holding = true;
  }

  /** Whether an answer is held back. */
  boolean isHeld() {
    return !held.isEmpty();
  }

  /** The terminal shows no question: what was held back is sent. */
  void release() {
    holding = false;
    List<QuestionMessage> all = List.copyOf(held);
    held.clear();
    all.forEach(this::send);
  }

  /** As {@link #run}, where no other program uses the terminal: it shows nothing that is typed. */
  void runAlone() {
    idle.begin();
    run();
  }

  @Override
  public void run() {
    try (terminal) {
      while (!closed) {
        Object item =
            dialog.shown() >= 0 || quiet
                ? inbox.poll(TICK_MILLIS, TimeUnit.MILLISECONDS)
                : inbox.take();
        handle(item);
        dialog.tick();
        endQuiet();
        boolean midLine = false;
        while (!closed && dialog.isAsking()) {
          PromptSession session =
              new PromptSession(this, inbox, dialog, target, keeper, terminal, charset, colors);
          session.run();
          midLine = session.isMidLine();
        }
        for (String line : dialog.takeOutcomes()) {
          print(midLine ? "\r\n" + line : line);
          midLine = false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException e) {
      lost();
    } finally {
      target.resume();
      idle.end();
      keeper.close();
    }
  }

  /** After the time: the program is still there, and may ask again. */
  void endQuiet() {
    if (quiet && nanos.getAsLong() - quietUntil >= 0) {
      quiet = false;
      dialog.forget();
      send(new QuestionMessage.Attend(true));
    }
  }

  private void beQuiet() {
    dialog.dropAll();
    quiet = true;
    quietUntil = nanos.getAsLong() + QUIET_NANOS;
    send(new QuestionMessage.Attend(false));
  }

  /** No more questions can be asked: the terminal or the server is gone. */
  private void lost() {
    try {
      sender.send(new QuestionMessage.Attend(false));
    } catch (IOException e) {
      // The server is gone.
    }
  }

  /** Handles everything that does not concern the terminal; null is nothing. */
  void handle(Object item) throws IOException, InterruptedException {
    if (item instanceof QuestionMessage message) {
      if (!quiet || !(message instanceof QuestionMessage.Question)) {
        dialog.receive(message);
      }
    } else if (item instanceof Notice notice) {
      print(notice.text());
    } else if (item == Signal.INTERRUPT || item == Signal.LEAVE) {
      beQuiet();
    } else if (item == Signal.RESET) {
      dialog.dropAll();
      dialog.forget();
    } else if (item == Signal.CLOSE) {
      closed = true;
    } else if (item == Signal.SUSPEND) {
      suspend();
    } else if (item == Signal.RESUMED) {
      idle.resume();
    }
  }

  /** Ctrl-Z: stops this process as the shell expects; the terminal's modes are the shell's then. */
  void suspend() throws InterruptedException {
    idle.suspend();
    Tty.signal("STOP", List.of(ProcessHandle.current().pid()));
    Thread.sleep(STOP_MILLIS); // the process is stopped here
  }

  /** The process is in the foreground again. */
  void resume() {
    idle.resume();
  }

  /** Whether no other program uses the terminal. */
  boolean isAlone() {
    return idle.isAlone();
  }

  /** Whether a question is to be put to the person. */
  boolean isAsking() {
    return dialog.isAsking();
  }

  boolean isClosed() {
    return closed;
  }

  /** Prints a line while no session has the terminal. */
  void print(String line) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String each : MessageWrap.wrap(line, TerminalSize.measure().columns())) {
      text.append(colors == ScreenColors.NONE ? each : Paint.message(each)).append('\n');
    }
    terminal.write(text.toString().getBytes(charset));
    terminal.flush();
  }
}
