package io.github.appaware.prompt;

import io.github.appaware.prompt.Prompt.Notice;
import io.github.appaware.prompt.Prompt.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/**
 * Holds the terminal from the first question until none is left. The terminal is ours for that
 * time, and before and after it the program's. The rules:
 *
 * <ol>
 *   <li>The run's processes that can write to the terminal are stopped before a question appears,
 *       and looked for again while it is there ({@link TargetTerminal}). What they wrote before
 *       stays; its effects on what follows are undone ({@link TerminalModes}).
 *   <li>What was typed before, and what the terminal answers to what was written before, is read
 *       and thrown away; for a program that reads keys, what it asked is asked again at the end
 *       ({@link PendingReplies}). While the question is there, only keys count ({@link KeyParser}),
 *       and none in its first moment ({@link TypeAheadGuard}).
 *   <li>At the end, by an answer, in time or from elsewhere, and in this order: the question's own
 *       lines are cleared, what the terminal has still to answer is read and thrown away, the modes
 *       are restored, the answer is sent, its outcome printed, and the processes continue. So what
 *       a program reads next is what was typed after the answer.
 *   <li>If this process is killed meanwhile, a shell does what is left ({@link TerminalKeeper}).
 * </ol>
 */
final class PromptSession {
  /** The same question from other threads, and further questions, often follow at once. */
  private static final long GATHER_MILLIS = 50;

  private static final long PATIENCE_MILLIS = 200;

  /** How long the program waits for the outcome of an answer to be printed. */
  private static final long OUTCOME_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How often a process may run while a question is there. */
  private static final int MOST_DISTURBANCES = 5;

  private static final String PAUSED = " the program is paused while you answer";
  private static final String PAUSED_HELP = PAUSED + " (not with --prompt console)";

  private final PromptLoop loop;
  private final BlockingQueue<Object> inbox;
  private final Dialog dialog;
  private final TargetTerminal target;
  private final TtyInput tty;
  private final TerminalScreen screen;
  private List<ScreenLine> drawn = List.of();
  private long shown = -1;
  private boolean full;

  /** Whether the processes are known to have stopped. */
  private boolean settled;

  private int disturbances;

  /** Keys that came with the one that answered, and after it. */
  private int early;

  PromptSession(
      PromptLoop loop,
      BlockingQueue<Object> inbox,
      Dialog dialog,
      TargetTerminal target,
      TerminalKeeper keeper,
      OutputStream terminal,
      Charset charset,
      ScreenColors colors) {
    this.loop = loop;
    this.inbox = inbox;
    this.dialog = dialog;
    this.target = target;
    tty = new TtyInput(keeper);
    screen = new TerminalScreen(terminal, charset, colors, tty);
  }

  /** Whether what is printed next would begin in the middle of a line of the program. */
  boolean isMidLine() {
    return screen.isMidLine();
  }

  void run() throws IOException, InterruptedException {
    if (!awaitForeground() || !gather()) {
      return;
    }
    Object resized = Signals.register("WINCH", () -> inbox.add(Signal.RESIZED));
    Object suspended = Signals.register("TSTP", () -> inbox.add(Signal.SUSPEND));
    try {
      enter();
      while (!loop.isClosed() && dialog.isAsking()) {
        step();
      }
      leave();
      awaitOutcome();
      tellDiscarded();
    } finally {
      end();
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
      if (!awaitItem(PATIENCE_MILLIS)) {
        return false;
      }
    }
    return true;
  }

  private boolean gather() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
    long left = GATHER_MILLIS;
    while (left > 0) {
      if (!awaitItem(left)) {
        return false;
      }
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return true;
  }

  /** Handles an item while the terminal is the program's; whether a question is still open. */
  private boolean awaitItem(long millis) throws IOException, InterruptedException {
    loop.handle(inbox.poll(millis, TimeUnit.MILLISECONDS));
    dialog.tick();
    return !loop.isClosed() && dialog.isAsking();
  }

  private void enter() throws IOException {
    loop.hold();
    target.stop();
    settled = false;
    tty.measure();
    full = tty.isTaken();
    screen.enter(full);
    drawn = List.of();
    shown = -1;
  }

  /** Gives the terminal back, and sends the answer. */
  private void leave() throws IOException {
    if (!full) {
      printOutcomes(); // on the program's own screen, the loop does
    }
    screen.leave();
    loop.release();
  }

  /** The program goes on, whatever happened. */
  private void end() throws IOException {
    try {
      screen.leave();
      screen.askAgain();
    } finally {
      if (full) {
        target.resumeAndRedraw();
      } else {
        target.resume();
      }
      loop.release();
    }
  }

  /** The outcome is printed before the program goes on, unless it takes long. */
  private void awaitOutcome() throws IOException, InterruptedException {
    long end = System.nanoTime() + OUTCOME_NANOS;
    while (dialog.isSent() && System.nanoTime() - end < 0) {
      handle(inbox.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
      dialog.tick();
    }
    printOutcomes();
  }

  /** What shows on the screen as typed is not there any more for the program. */
  private void tellDiscarded() throws IOException {
    tellDiscarded("before the question", screen.discarded());
    tellDiscarded("right after the answer", early + screen.early());
  }

  private void tellDiscarded(String when, int keys) throws IOException {
    if (keys > 0 && !loop.isAlone()) {
      screen.print(
          "appaware: what was typed "
              + when
              + (keys == 1 ? " (1 key" : " (" + keys + " keys")
              + ") was discarded: type it again");
    }
  }

  private void step() throws IOException, InterruptedException {
    for (Object item = inbox.poll(); item != null; item = inbox.poll()) {
      handle(item);
    }
    dialog.tick();
    printOutcomes();
    if (target.hasMovedMeanwhile()) {
      moved();
    }
    if (dialog.isAsking()) {
      show();
      press(screen.keys());
    }
    if (dialog.isSent() && dialog.isMore()) {
      sendAndGoOn();
    }
  }

  /** A key counts for the question that can be seen. */
  private void press(List<Key> keys) throws IOException {
    boolean unsettled = !settled;
    if (!keys.isEmpty() && target.isAny() && target.hasMoved()) {
      moved();
      if (!unsettled) {
        return;
      }
    }
    for (Key key : keys) {
      early += dialog.isSent() && !dialog.isMore() ? 1 : 0;
      dialog.press(key);
    }
  }

  /**
   * A process has run, and may have written over the question, which is drawn again; by one that
   * does so again and again it can't be asked here. The first time they were only stopping.
   */
  private void moved() throws IOException {
    drawn = List.of();
    if (!settled) {
      settled = true;
      return;
    }
    screen.drain();
    dialog.appears();
    if (++disturbances > MOST_DISTURBANCES) {
      screen.print(
          "appaware: the question can't be asked on this terminal, as the program keeps running"
              + " while it is shown: answer it from another terminal with `appaware console`, or"
              + " start the run with `--prompt console`");
      drawn = List.of();
      dialog.leave();
    }
  }

  /** The terminal is kept for the next question; every process that could use it is stopped. */
  private void sendAndGoOn() throws IOException, InterruptedException {
    screen.erase();
    drawn = List.of();
    loop.release();
    awaitOutcome();
    loop.hold();
  }

  private void show() throws IOException {
    if (dialog.shown() != shown) {
      shown = dialog.shown();
      screen.drain();
      dialog.appears();
    }
    List<ScreenLine> lines = lines();
    if (!lines.equals(drawn)) {
      screen.draw(lines);
      drawn = lines;
    }
  }

  /** The question; also that the program is paused, where there is room, or a line left out. */
  private List<ScreenLine> lines() {
    List<ScreenLine> lines = new ArrayList<>(dialog.lines(screen.columns(), screen.rows()));
    String loose = target.unstoppable();
    if (!loose.isEmpty() && !lines.isEmpty()) {
      String text = " ! process " + loose + " can't be paused: it may write over this question";
      lines.add(
          1, new ScreenLine(LineFitter.cut(text, screen.columns()), ScreenLine.Style.WARNING));
    }
    if (target.isAny()) {
      String text = PAUSED_HELP.length() < screen.columns() ? PAUSED_HELP : PAUSED;
      int gap = lines.indexOf(Screenful.GAP);
      if (gap >= 0) {
        lines.set(gap, new ScreenLine(Screenful.GAP.text() + PAUSED, ScreenLine.Style.FAINT));
      } else if (lines.size() < screen.rows() - 2 && text.length() < screen.columns()) {
        lines.add(new ScreenLine(text, ScreenLine.Style.FAINT));
      }
    }
    return lines;
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
    screen.leave();
    loop.suspend();
    if (awaitForeground() && dialog.isAsking()) {
      loop.resume();
      enter();
    }
  }
}
