package io.github.appaware.guard;

import io.github.appaware.linux.GuardCalls;
import io.github.appaware.linux.GuardedThread;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The threads and processes whose calls the guard handles, so that most calls find theirs known. A
 * hold on a thread or on a program's memory stays with it: one that is stale can't be used, and is
 * replaced. Safe for all threads.
 */
final class ProcessTable {
  /** A thread's hold, and its process. */
  record Caller(GuardedThread thread, GuardedProcess process) {}

  /** Threads; each has a descriptor here. The ones used longest ago make room. */
  private static final int MOST_THREADS = 256;

  /** Processes, each with a connection, before those that have ended are forgotten. */
  private static final int MOST_PROCESSES = 32;

  private final GuardCalls calls;
  private final ProcFs proc;
  private final LongFunction<ProcessLink> links;
  private final Map<Long, GuardedProcess> processes = new HashMap<>();
  private final Map<Long, Caller> threads =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Caller> eldest) {
          boolean isOver = size() > MOST_THREADS;
          if (isOver) {
            eldest.getValue().thread().close();
          }
          return isOver;
        }
      };

  /**
   * Empty at first.
   *
   * @param links makes the connection of a process
   */
  ProcessTable(GuardCalls calls, ProcFs proc, LongFunction<ProcessLink> links) {
    this.calls = calls;
    this.proc = proc;
    this.links = links;
  }

  /** What is known of a thread, or null. */
  synchronized Caller known(long thread) {
    return threads.get(thread);
  }

  /**
   * Takes hold of a thread anew, whose call waits; that it still waits is to be checked afterwards.
   *
   * @throws IOException when the thread is gone, or may not be looked into
   */
  synchronized Caller renew(long thread) throws IOException {
    Caller stale = threads.remove(thread);
    if (stale != null) {
      stale.thread().close();
    }
    long pid = proc.processOf(thread).orElseThrow(() -> new IOException("thread is gone"));
    GuardedProcess process = process(pid);
    Caller caller = new Caller(calls.thread(thread, pid), process);
    threads.put(thread, caller);
    return caller;
  }

  private GuardedProcess process(long pid) throws IOException {
    long started =
        proc.process(pid)
            .map(ProcessInfo::started)
            .orElseThrow(() -> new IOException("process is gone"));
    GuardedProcess known = processes.get(pid);
    if (known != null && known.started() == started && known.isCurrent()) {
      return known;
    }
    if (processes.size() >= MOST_PROCESSES) {
      forgetEnded();
    }
    GuardedProcess made = GuardedProcess.of(pid, started, calls, links.apply(pid));
    if (known != null) {
      end(known);
    }
    processes.put(pid, made);
    return made;
  }

  /** Lets go of processes that have ended. */
  synchronized void forgetEnded() {
    List<GuardedProcess> ended = new ArrayList<>();
    for (GuardedProcess each : processes.values()) {
      boolean isAlive =
          proc.process(each.pid())
              .filter(now -> now.started() == each.started() && !now.isZombie())
              .isPresent();
      if (!isAlive) {
        ended.add(each);
      }
    }
    for (GuardedProcess each : ended) {
      boolean unused = processes.remove(each.pid(), each);
      end(each);
    }
  }

  /** Its last uses are recorded; other calls do not wait for that. */
  private void end(GuardedProcess process) {
    threads.values().removeIf(caller -> retire(caller, process));
    Thread thread = new Thread(() -> process.end(Duration.ofSeconds(2)), "guard-end");
    thread.setDaemon(true);
    thread.start();
  }

  private static boolean retire(Caller caller, GuardedProcess process) {
    boolean isOf = caller.process().equals(process);
    if (isOf) {
      caller.thread().close();
    }
    return isOf;
  }

  /** The guard ends: all that was used is recorded. */
  void end() {
    List<GuardedProcess> all;
    synchronized (this) {
      all = new ArrayList<>(processes.values());
      processes.clear();
      threads.clear();
    }
    all.forEach(each -> each.end(Duration.ofSeconds(2)));
  }
}
