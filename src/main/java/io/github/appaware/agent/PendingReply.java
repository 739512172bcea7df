package io.github.appaware.agent;

import java.util.concurrent.locks.LockSupport;

/**
 * One thread's wait for one answer. Time in which this process was stopped, as it is while a
 * question is on its terminal, does not count: the answer may have come meanwhile. It can't be
 * interrupted: the thread's interrupt is kept for the JDK method that comes after.
 */
class PendingReply<T> {
  /** Of waiting at a time; a step that takes a second longer was not only waiting. */
  private static final long STEP = 1_000_000_000L;

  private final Thread waiting = Thread.currentThread();
  private volatile T answer;
  private volatile long more;

  /** Where the thread waits, or null if it parks. */
  private volatile WaitingPlaces.Place place;

  /** Called by any thread; the first answer counts. */
  void answer(T value) {
    if (answer == null) {
      answer = value;
      wake();
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
    wake();
  }

  private void wake() {
    WaitingPlaces.Place there = place;
    if (there != null) {
      there.wake();
    } else {
      LockSupport.unpark(waiting); // it may be about to take a place: then it looks once more
    }
  }

  /**
   * Waits on the thread that made this.
   *
   * @param nanos to wait at most, unless extended
   * @param places where to wait, or null to park
   * @return null when there was no answer in time
   */
  T await(long nanos, WaitingPlaces places) {
    if (answer != null) {
      return answer;
    }
    WaitingPlaces.Place here = places == null ? null : places.take();
    place = here;
    try {
      await(nanos, here);
    } finally {
      place = null;
      if (here != null) {
        places.giveBack(here);
      }
    }
    return answer;
  }

  private void await(long nanos, WaitingPlaces.Place here) {
    long deadline = System.nanoTime() + nanos;
    long stopped = 0;
    boolean interrupted = false;
    while (answer == null) {
      long now = System.nanoTime();
      long left = deadline - now;
      if (more != 0) {
        left = Math.max(left, more - now);
      }
      if (left + stopped <= 0) {
        break;
      }
      long step = Math.min(left + stopped, STEP);
      if (here != null) {
        here.await(step);
      } else {
        LockSupport.parkNanos(step); // without a blocker, which the application could get hold of
        interrupted |= Thread.interrupted();
      }
      long passed = System.nanoTime() - now;
      stopped += passed > 2 * STEP ? passed : 0;
    }
    if (interrupted) {
      waiting.interrupt();
    }
  }
}
