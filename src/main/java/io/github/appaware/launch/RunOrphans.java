package io.github.appaware.launch;

import io.github.appaware.linux.Linux;
import io.github.appaware.linux.OrphanReaper;
import io.github.appaware.linux.OwnChildren;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.SystemCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Makes this process the parent of the run's processes that lose theirs, so that none leaves the
 * run by detaching. Native access costs a tenth of a second of processor time: it is loaded before
 * the run starts its first process that could do so, and never in a run of one JVM.
 */
final class RunOrphans {
  /** Between two collections of those that have ended. */
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final Path scratch;
  private final UserNotices notices;
  private volatile long target;
  private boolean begun;

  /** Since the last wait. */
  private boolean expected;

  /** Null where nothing is adopted. */
  private OrphanReaper reaper;

  private long collected = System.nanoTime();

  /**
   * Of one run; nothing is adopted yet.
   *
   * @param scratch the run's private directory
   */
  RunOrphans(Path scratch, UserNotices notices) {
    this.scratch = scratch;
    this.notices = notices;
  }

  /** The target's process, whose status the JDK collects. */
  void target(long pid) {
    target = pid;
  }

  private boolean isStartedHere(long pid) {
    return pid == target || OwnChildren.contains(pid);
  }

  /** Begins on another thread; {@link #adopt} waits for it. */
  void adoptSoon() {
    Thread thread = new Thread(this::adopt, "native-access");
    thread.setDaemon(true);
    thread.start();
  }

  /** From the return on, orphans are adopted; that they can't be is said once. */
  synchronized void adopt() {
    expected = true;
    notifyAll();
    if (begun || !Linux.isHere()) {
      return;
    }
    begun = true;
    SystemCalls calls = Linux.open(scratch);
    try {
      calls.becomeSubreaper();
      reaper = new OrphanReaper(calls, ProcFs.ofSystem(), this::isStartedHere);
    } catch (IOException e) {
      notices.tell(
          "processes that detach from the run can't be followed ("
              + e.getMessage()
              + "): what they do is not seen, and one that reads the run's secrets can pose as a"
              + " console");
    }
  }

  /** Waits; true as soon as a process is about to be started that may leave others behind. */
  synchronized boolean await(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; left > 0 && !expected; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    boolean now = expected;
    expected = false;
    return now;
  }

  /** Collects, at times, the status of those that have ended, which would stay zombies. */
  synchronized void collect() {
    if (reaper == null || System.nanoTime() - collected < PAUSE) {
      return;
    }
    collected = System.nanoTime();
    try {
      var unused = reaper.look();
    } catch (IOException e) {
      // A zombie stays until this process ends.
    }
  }
}
