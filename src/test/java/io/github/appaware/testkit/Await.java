package io.github.appaware.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what another process does, no longer than needed. */
public final class Await {
  /** Not a bound: a machine may be busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private Await() {}

  public static void until(Callable<Boolean> condition) throws Exception {
    within(PATIENCE, condition);
  }

  /** Waits until this much time has passed, to test a promise about time. */
  public static void past(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** The text describes the state if the condition never holds. */
  public static void until(Supplier<String> instead, Callable<Boolean> condition) throws Exception {
    within(PATIENCE, instead, condition);
  }

  public static void within(Duration patience, Callable<Boolean> condition) throws Exception {
    within(patience, () -> "", condition);
  }

  private static void within(
      Duration patience, Supplier<String> instead, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(("not within " + patience + " " + instead.get()).strip());
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
