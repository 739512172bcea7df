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
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Waits for questions; while there is one, a {@link PromptSession} has the terminal. */
final class PromptLoop implements Runnable {
  private final BlockingQueue<Object> inbox;
  private final Sender sender;
  private final OutputStream terminal;
  private final TargetTerminal target;
  private final TerminalRestorer restorer = new TerminalRestorer();
  private final Dialog dialog;
  private final Charset charset = charset();
  private boolean closed;

  PromptLoop(
      BlockingQueue<Object> inbox,
      Clock clock,
      String here,
      Sender sender,
      Supplier<Stream<ProcessHandle>> processes,
      OutputStream terminal) {
    this.inbox = inbox;
    this.sender = sender;
    this.terminal = terminal;
    target = new TargetTerminal(processes);
    dialog = new Dialog(clock, here, () -> System.nanoTime() / 1_000_000, this::send);
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

  private void send(QuestionMessage message) {
    try {
      sender.send(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void run() {
    try (terminal) {
      while (!closed) {
        handle(inbox.take());
        while (!closed && dialog.isOpen()) {
          new PromptSession(this, inbox, dialog, target, restorer, terminal, charset).run();
        }
        for (String line : dialog.takeOutcomes()) {
          print(line);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException e) {
      lost();
    } finally {
      restorer.close();
    }
  }

  /** No more questions can be asked: the terminal or the server is gone. */
  private void lost() {
    try {
      sender.send(new QuestionMessage.Attend(false));
    } catch (IOException e) {
      // The server is gone.
    }
  }

  /** Handles everything that does not concern the terminal. */
  void handle(Object item) throws IOException {
    if (item instanceof QuestionMessage message) {
      dialog.receive(message);
    } else if (item instanceof Notice notice) {
      print(notice.text());
    } else if (item == Signal.INTERRUPT) {
      dialog.leave();
    } else if (item == Signal.LEAVE) {
      dialog.leaveAll();
    } else if (item == Signal.CLOSE) {
      closed = true;
    }
  }

  boolean isClosed() {
    return closed;
  }

  private void print(String line) throws IOException {
    terminal.write((line + "\n").getBytes(charset));
    terminal.flush();
  }
}
