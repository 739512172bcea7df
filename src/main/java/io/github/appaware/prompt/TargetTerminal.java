package io.github.appaware.prompt;

import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import io.github.appaware.linux.TerminalUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Stops the run's processes that can write to the terminal while a question is on it, according to
 * Linux's {@code /proc}; elsewhere none. A process that was stopped before is left alone.
 */
final class TargetTerminal {
  /** Between two looks for processes that began to use it, or that were continued. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Each pass finds children that were started during the one before. */
  private static final int MOST_PASSES = 5;

  /** A process in an uninterruptible call stops later. */
  private static final long STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Supplier<Stream<ProcessHandle>> processes;
  private final TerminalKeeper keeper;
  private final ProcFs proc = ProcFs.ofSystem();
  private final TerminalUse use = new TerminalUse(proc);

  /** Parents before children. */
  private final List<Long> stopped = new ArrayList<>();

  private long looked;

  /** The supplier is called at each look. */
  TargetTerminal(Supplier<Stream<ProcessHandle>> processes, TerminalKeeper keeper) {
    this.processes = processes;
    this.keeper = keeper;
  }

  /** Whether any process is stopped. */
  boolean isAny() {
    return !stopped.isEmpty();
  }

  /** Stops them; returns when they have stopped. */
  void stop() throws IOException {
    for (int i = 0; i < MOST_PASSES && look(); i++) {
      awaitStop();
    }
  }

  /** Looks again, at times: called often while a question is on the terminal. */
  void lookAgain() throws IOException {
    if (System.nanoTime() - looked > LOOK_NANOS && look()) {
      awaitStop();
    }
  }

  /** Whether there were new ones, which are told to stop now. */
  private boolean look() throws IOException {
    looked = System.nanoTime();
    long terminal = use.job(ProcessHandle.current().pid()).terminal();
    if (terminal == 0) {
      return false;
    }
    List<Long> some = new ArrayList<>();
    processes
        .get()
        .map(ProcessHandle::pid)
        .filter(pid -> isRunning(pid) && use.uses(pid, terminal))
        .forEach(some::add);
    if (some.isEmpty()) {
      return false;
    }
    some.stream().filter(pid -> !stopped.contains(pid)).forEach(stopped::add);
    keeper.stop(some, stopped); // parents first: a shell does not see that its job was stopped
    return true;
  }

  private boolean isRunning(long pid) {
    return proc.process(pid)
        .map(ProcessInfo::state)
        .filter(state -> "TtZX".indexOf(state) < 0)
        .isPresent();
  }

  private void awaitStop() {
    long end = System.nanoTime() + STOP_NANOS;
    while (stopped.stream().anyMatch(this::isRunning) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Lets the stopped processes continue, children before parents. */
  void resume() {
    if (!stopped.isEmpty()) {
      List<Long> order = new ArrayList<>(stopped);
      Collections.reverse(order);
      stopped.clear();
      keeper.resume(order);
    }
  }

  /** The same, and makes full-screen programs redraw, by a signal that the size has changed. */
  void resumeAndRedraw() throws IOException {
    List<Long> users = List.copyOf(stopped);
    resume();
    keeper.signal("WINCH", users);
  }
}
