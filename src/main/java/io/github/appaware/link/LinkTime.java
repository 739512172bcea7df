package io.github.appaware.link;

import java.util.concurrent.locks.LockSupport;

/** The time, and waiting for it to pass; tests have one that they move. */
public class LinkTime {
  /** As {@link System#nanoTime}. */
  public long now() {
    return System.nanoTime();
  }

  /**
   * Waits for this time, or until the thread is unparked, or less, as {@link
   * LockSupport#parkNanos}. Without a blocker, which the application could get hold of.
   */
  public void park(long nanos) {
    LockSupport.parkNanos(nanos);
  }
}
