package io.github.appaware.prompt;

import io.github.appaware.prompt.Prompt.Signal;
import java.io.IOException;
import java.util.Queue;
import org.jline.utils.Signals;

/**
 * The terminal between questions, of a process that has it to itself, such as a console. What is
 * typed there has no meaning: it is not echoed, and thrown away at the end, so that the shell does
 * not take for a command what could not be seen. While the process is stopped, or in the
 * background, the terminal is the shell's. Not for several threads.
 */
final class IdleTerminal {
  private final Queue<Object> inbox;
  private final TtyInput tty;
  private boolean alone;
  private boolean silent;
  private Object suspended;
  private Object resumed;

  /** The terminal stays as it is until {@link #begin}. */
  IdleTerminal(Queue<Object> inbox, TerminalKeeper keeper) {
    this.inbox = inbox;
    tty = new TtyInput(keeper);
  }

  /** From now on the terminal is this process's alone. */
  void begin() {
    alone = true;
    suspended = Signals.register("TSTP", () -> inbox.add(Signal.SUSPEND));
    resumed = Signals.register("CONT", () -> inbox.add(Signal.RESUMED));
    resume();
  }

  /** Whether the terminal is this process's alone. */
  boolean isAlone() {
    return alone;
  }

  /** No echo, if the terminal is this process's and has one. */
  void resume() {
    if (!alone || silent) {
      return;
    }
    try {
      if (Tty.isForeground()) {
        tty.measure();
        tty.enterSilence();
        silent = true;
      }
    } catch (IOException e) {
      // Without stty the keys are shown; no question can be asked then.
    }
  }

  /** The terminal is as it was found; what was typed is gone. */
  void suspend() {
    if (!silent) {
      return;
    }
    silent = false;
    try {
      tty.leaveSilence();
    } catch (IOException e) {
      // The terminal is gone.
    }
  }

  /** The same, for good. */
  void end() {
    if (!alone) {
      return;
    }
    suspend();
    Signals.unregister("TSTP", suspended);
    Signals.unregister("CONT", resumed);
    try {
      tty.close();
    } catch (IOException e) {
      // Nothing is read from it any more.
    }
  }
}
