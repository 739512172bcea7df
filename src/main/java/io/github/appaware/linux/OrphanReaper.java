package io.github.appaware.linux;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Collects the status of orphans that this process adopted as a subreaper, which would stay zombies
 * otherwise.
 *
 * <p>Children that the JDK started must not be collected: their status would be lost to {@link
 * Process#waitFor}. They are told apart twice: the caller knows those that it started, and the JDK
 * has a thread waiting for each of its children, so none of them is a zombie for long. What is
 * collected was a zombie at two looks. Never {@code waitpid(-1)}. Not for several threads.
 */
public final class OrphanReaper {
  private final SystemCalls calls;
  private final ProcFs proc;
  private final long self;
  private final LongPredicate startedHere;
  private Set<Zombie> before = Set.of();

  private record Zombie(long pid, long started) {}

  /**
   * A reaper for the children of one process, this one.
   *
   * @param startedHere whether a child of that number was started by this process
   */
  public OrphanReaper(SystemCalls calls, ProcFs proc, LongPredicate startedHere) {
    this(calls, proc, ProcessHandle.current().pid(), startedHere);
  }

  OrphanReaper(SystemCalls calls, ProcFs proc, long self, LongPredicate startedHere) {
    this.calls = calls;
    this.proc = proc;
    this.self = self;
    this.startedHere = startedHere;
  }

  /**
   * One look; a second or more should lie between two.
   *
   * @return how those ended that were collected, by their numbers
   */
  public Map<Long, SystemCalls.ExitStatus> look() throws IOException {
    Set<Zombie> now = new HashSet<>();
    Map<Long, SystemCalls.ExitStatus> collected = new HashMap<>();
    for (ProcessInfo each : proc.processes()) {
      if (each.parent() != self || !each.isZombie() || startedHere.test(each.pid())) {
        continue;
      }
      Zombie zombie = new Zombie(each.pid(), each.started());
      if (before.contains(zombie)) {
        calls.reap(each.pid()).ifPresent(status -> collected.put(each.pid(), status));
      } else {
        now.add(zombie);
      }
    }
    before = now;
    return collected;
  }
}
