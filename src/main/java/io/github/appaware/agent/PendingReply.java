package io.github.appaware.agent;

import java.util.concurrent.locks.LockSupport;

/**
 * One thread's wait for one answer. It can't be interrupted: the thread's interrupt is kept for the
 * JDK method that comes after.
 */
class PendingReply<T> {
  private final Thread waiting = Thread.currentThread();
  private volatile T answer;
  private volatile long more;

  /** Called by any thread; the first answer counts. */
  void answer(T value) {
    if (answer == null) {
      answer = value;
      LockSupport.unpark(waiting);
    }
  }

  /** Whether there is nothing to wait for any more. */
  boolean isAnswered() {
    return answer != null;
  }

  /**
   * Extends the time to wait: the answer takes longer than expected. Called by any thread.
   *
   * @param nanos to wait from now on, at least
   */
  void extend(long nanos) {
    more = System.nanoTime() + nanos;
    LockSupport.unpark(waiting);
  }

  /**
   * Waits on the thread that made this.
   *
   * @param nanos to wait at most, unless extended
   * @return null when there was no answer in time
   */
  T await(long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    while (answer == null) {
      long left = deadline - System.nanoTime();
      if (more != 0) {
        left = Math.max(left, more - System.nanoTime());
      }
      if (left <= 0) {
        break;
      }
      LockSupport.parkNanos(left); // without a blocker, which the application could get hold of
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      waiting.interrupt();
    }
    return answer;
  }
}
