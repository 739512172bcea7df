package io.github.appaware.prompt;

import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import io.github.appaware.linux.ThreadActivity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Stops the run's processes while a question is on the terminal, according to Linux's {@code
 * /proc}; elsewhere none. All of them: one that has not opened the terminal could open it, by its
 * name even from another session, or have another program type. A process that was stopped before
 * is left alone, but it counts when it runs.
 *
 * <p>A stopped process can come back without anyone's help: a timer of its own may send it SIGCONT.
 * So whether any thread has run is known from how often it left a processor.
 */
final class TargetTerminal {
  /** Between two looks for processes that began, or that were continued. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Each pass finds children that were started during the one before. */
  private static final int MOST_PASSES = 5;

  private static final long STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Supplier<Stream<ProcessHandle>> processes;
  private final TerminalKeeper keeper;
  private final ProcFs proc;

  /** Parents before children. */
  private final Set<Long> stopped = new LinkedHashSet<>();

  /** Those of another user. */
  private final Set<Long> unstoppable = new LinkedHashSet<>();

  /** How often the threads of each had left a processor at the last look; null before the first. */
  private Map<Long, Long> switches;

  private long looked;

  /** The supplier is called at each look. */
  TargetTerminal(Supplier<Stream<ProcessHandle>> processes, TerminalKeeper keeper) {
    this(processes, keeper, ProcFs.ofSystem());
  }

  TargetTerminal(Supplier<Stream<ProcessHandle>> processes, TerminalKeeper keeper, ProcFs proc) {
    this.processes = processes;
    this.keeper = keeper;
    this.proc = proc;
  }

  /** Whether any process is stopped. */
  boolean isAny() {
    return !stopped.isEmpty();
  }

  /** A process that can't be stopped, by its number and name; empty when there is none. */
  String unstoppable() {
    return unstoppable.stream()
        .findFirst()
        .map(pid -> pid + " (" + LineFitter.printable(name(pid), 40) + ")")
        .orElse("");
  }

  private String name(long pid) {
    return proc.process(pid).map(ProcessInfo::command).orElse("ended");
  }

  /** Stops them; returns when they have stopped. */
  void stop() throws IOException {
    switches = null;
    for (int i = 0; i < MOST_PASSES && look(); i++) {
      awaitStop();
    }
    looked = System.nanoTime();
  }

  /** The same as {@link #hasMoved}, when it is time for it; false in between. */
  boolean hasMovedMeanwhile() throws IOException {
    return System.nanoTime() - looked > LOOK_NANOS && hasMoved();
  }

  /**
   * Whether any of them may have written to the terminal since the last look. What runs is stopped.
   * True as well for the first look after {@link #stop}: threads may have been on their way to
   * their stop until then.
   */
  boolean hasMoved() throws IOException {
    boolean running = look();
    if (running) {
      awaitStop();
    }
    Map<Long, Long> now = new HashMap<>();
    for (ProcessHandle each : processes.get().toList()) {
      ThreadActivity activity = proc.activity(each.pid());
      if (!activity.ended() && !unstoppable.contains(each.pid())) {
        now.put(each.pid(), activity.switches());
      }
    }
    boolean moved = running || (switches == null ? isAny() : hasRun(now));
    switches = now;
    looked = System.nanoTime();
    return moved;
  }

  /** Those that are gone can't come back. */
  private boolean hasRun(Map<Long, Long> now) {
    return now.entrySet().stream()
        .anyMatch(each -> !each.getValue().equals(switches.get(each.getKey())));
  }

  /** Whether there were new ones, which are told to stop now. */
  private boolean look() throws IOException {
    List<Long> some =
        processes
            .get()
            .map(ProcessHandle::pid)
            .filter(pid -> !unstoppable.contains(pid))
            .filter(pid -> !proc.activity(pid).stopped())
            .filter(pid -> !stopped.contains(pid) || !proc.activity(pid).halted())
            .toList();
    if (some.isEmpty()) {
      return false;
    }
    stopped.addAll(some);
    keeper.stop(some, List.copyOf(stopped)); // parents first: a shell sees no stopped job
    return true;
  }

  private void awaitStop() {
    long end = System.nanoTime() + STOP_NANOS;
    while (moving().findAny().isPresent()) {
      if (System.nanoTime() - end > 0) {
        moving().filter(this::isForeign).toList().forEach(this::giveUp);
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private Stream<Long> moving() {
    return stopped.stream().filter(pid -> !proc.activity(pid).halted());
  }

  /** Whether this process may not signal it; one that may be, and runs on, is continued. */
  private boolean isForeign(long pid) {
    long self = proc.user(ProcessHandle.current().pid()).orElse(0);
    return self != 0 && proc.user(pid).orElse(self) != self;
  }

  private void giveUp(long pid) {
    stopped.remove(pid);
    unstoppable.add(pid);
  }

  /** Lets the stopped processes continue, children before parents. */
  void resume() {
    unstoppable.clear();
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
