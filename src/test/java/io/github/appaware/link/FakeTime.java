package io.github.appaware.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A time that a test moves; threads that wait for it wait for the test. */
public final class FakeTime extends LinkTime {
  private static final long PATIENCE = TimeUnit.SECONDS.toMillis(20);

  private static final class Parked {
    final Thread thread;
    final long nanos;
    final long until;

    Parked(Thread thread, long nanos, long until) {
      this.thread = thread;
      this.nanos = nanos;
      this.until = until;
    }
  }

  private final List<Parked> parked = new ArrayList<>();
  private long now = TimeUnit.DAYS.toNanos(1);
  private Error failure;

  @Override
  public synchronized long now() {
    return now;
  }

  /** The next thread of that name that parks is thrown this instead. */
  public synchronized void failNextPause(Error error) {
    failure = error;
  }

  @Override
  public void park(long nanos) {
    Parked self;
    synchronized (this) {
      if (failure != null && !isChecking(Thread.currentThread())) {
        Error thrown = failure;
        failure = null;
        throw thrown;
      }
      self = new Parked(Thread.currentThread(), nanos, now + nanos);
      parked.add(self);
      notifyAll();
    }
    LockSupport.park();
    synchronized (this) {
      parked.remove(self);
    }
  }

  private static boolean isChecking(Thread thread) {
    return thread.getName().endsWith("-watch");
  }

  private synchronized Parked await(boolean checking) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE;
    while (true) {
      for (Parked each : parked) {
        if (isChecking(each.thread) == checking && each.until - now > 0) {
          return each;
        }
      }
      long left = end - System.currentTimeMillis();
      assertThat(left).as("a thread that waits").isPositive();
      wait(left);
    }
  }

  /** Returns when the thread that connects pauses. */
  public void awaitPause() throws InterruptedException {
    Parked unused = await(false);
  }

  /** The pause of the thread that connects, once it has begun; it is over when this returns. */
  public long pass() throws InterruptedException {
    Parked pause = await(false);
    advance(pause.until - now());
    return pause.nanos;
  }

  /** One second passes, and the connection is checked. */
  public void second() throws InterruptedException {
    Parked before = await(true);
    advance(before.until - now());
    Parked unused = await(true);
  }

  private void advance(long nanos) {
    List<Thread> over = new ArrayList<>();
    synchronized (this) {
      now += nanos;
      for (Parked each : parked) {
        if (each.until - now <= 0) {
          over.add(each.thread);
        }
      }
    }
    over.forEach(LockSupport::unpark);
  }
}
