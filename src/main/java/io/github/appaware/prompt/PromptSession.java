package io.github.appaware.prompt;

import io.github.appaware.prompt.Prompt.Notice;
import io.github.appaware.prompt.Prompt.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/** Holds the terminal from the first question until none is left. */
final class PromptSession {
  /** The next question often follows at once; until then the terminal is kept. */
  private static final long LINGER_MILLIS = 30;

  private static final long PATIENCE_MILLIS = 200;

  private final PromptLoop loop;
  private final BlockingQueue<Object> inbox;
  private final Dialog dialog;
  private final TargetTerminal target;
  private final TerminalRestorer restorer;
  private final TerminalScreen screen;
  private TerminalState state;
  private List<Long> users = List.of();
  private List<ScreenLine> drawn = List.of();
  private long shown = -1;
  private boolean full;

  PromptSession(
      PromptLoop loop,
      BlockingQueue<Object> inbox,
      Dialog dialog,
      TargetTerminal target,
      TerminalRestorer restorer,
      OutputStream terminal,
      Charset charset) {
    this.loop = loop;
    this.inbox = inbox;
    this.dialog = dialog;
    this.target = target;
    this.restorer = restorer;
    boolean colors = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    screen = new TerminalScreen(terminal, charset, colors);
  }

  void run() throws IOException, InterruptedException {
    if (!awaitForeground()) {
      return;
    }
    restorer.start();
    state = screen.measure();
    full = screen.isTaken();
    Object resized = Signals.register("WINCH", () -> inbox.add(Signal.RESIZED));
    Object suspended = Signals.register("TSTP", () -> inbox.add(Signal.SUSPEND));
    try {
      enter();
      while (!loop.isClosed() && !isOver()) {
        step();
      }
    } finally {
      leave();
      Signals.unregister("WINCH", resized);
      Signals.unregister("TSTP", suspended);
      screen.close();
    }
  }

  /** In the background the terminal's modes can't be set: waits for the shell's {@code fg}. */
  private boolean awaitForeground() throws IOException, InterruptedException {
    boolean announced = false;
    while (!Tty.isForeground()) {
      if (!announced) {
        loop.handle(
            new Notice("appaware: a question waits in the background; `fg` lets you answer"));
        announced = true;
      }
      Object item = inbox.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (item != null) {
        loop.handle(item);
      }
      dialog.tick();
      if (loop.isClosed() || !dialog.isOpen()) {
        return false;
      }
    }
    return true;
  }

  private void enter() throws IOException {
    users = target.users(full);
    restorer.arm(state, users);
    target.stop(users);
    screen.enter(full);
    drawn = List.of();
  }

  private void leave() throws IOException {
    try {
      if (!full) {
        printOutcomes();
      }
      screen.leave(state); // remaining outcomes are printed by the loop
    } finally {
      target.resume();
      if (full) {
        target.redraw(users);
      }
      restorer.disarm();
    }
  }

  private boolean isOver() throws IOException, InterruptedException {
    if (!dialog.isOpen()) {
      Object item = inbox.poll(LINGER_MILLIS, TimeUnit.MILLISECONDS);
      if (item != null) {
        handle(item);
      }
    }
    return !dialog.isOpen();
  }

  private void step() throws IOException, InterruptedException {
    for (Object item = inbox.poll(); item != null; item = inbox.poll()) {
      handle(item);
    }
    dialog.tick();
    printOutcomes();
    if (!dialog.isOpen()) {
      return;
    }
    if (dialog.shown() != shown) {
      shown = dialog.shown();
      screen.drain();
    }
    List<ScreenLine> lines = dialog.lines(screen.columns(), screen.rows());
    if (!lines.equals(drawn)) {
      screen.draw(lines);
      drawn = lines;
    }
    if (dialog.isSent()) {
      Object item = inbox.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (item != null) {
        handle(item);
      }
    } else {
      screen.keys().forEach(dialog::press);
    }
  }

  private void printOutcomes() throws IOException {
    for (String line : dialog.takeOutcomes()) {
      screen.print(line);
      drawn = List.of();
    }
  }

  private void handle(Object item) throws IOException, InterruptedException {
    if (item instanceof Notice notice) {
      screen.print(notice.text());
      drawn = List.of();
    } else if (item == Signal.RESIZED) {
      screen.resized();
      drawn = List.of();
    } else if (item == Signal.SUSPEND) {
      suspend();
    } else {
      loop.handle(item);
    }
  }

  /** Ctrl-Z: restores the terminal, stops this process as the shell expects, and continues. */
  private void suspend() throws IOException, InterruptedException {
    screen.leave(state);
    restorer.disarm();
    Tty.signal("STOP", List.of(ProcessHandle.current().pid()));
    Thread.sleep(PATIENCE_MILLIS); // the process is stopped here
    if (awaitForeground()) {
      state = screen.measure();
      restorer.arm(state, users);
      target.stopAgain();
      screen.enter(full);
    }
    drawn = List.of();
  }
}
