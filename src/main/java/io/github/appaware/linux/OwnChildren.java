package io.github.appaware.linux;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The child processes that this process started for its own work, by which it tells them from the
 * run's processes that it adopts. Safe for all threads.
 */
public final class OwnChildren {
  /** Before those that have ended are forgotten. */
  private static final int MOST = 100;

  /** A handle knows when its process started: a number that is used again is not meant. */
  private static final Set<ProcessHandle> STARTED = ConcurrentHashMap.newKeySet();

  private OwnChildren() {}

  /** Notes a process that was started just now, and returns it. */
  public static Process started(Process process) {
    if (STARTED.size() >= MOST) {
      STARTED.removeIf(each -> !each.isAlive());
    }
    STARTED.add(process.toHandle());
    return process;
  }

  /** Whether it is one of them. */
  public static boolean contains(long pid) {
    return !STARTED.isEmpty() && ProcessHandle.of(pid).filter(STARTED::contains).isPresent();
  }
}
