package io.github.appaware.server;

import java.util.concurrent.CountDownLatch;

/** Waits that an interrupt does not end. */
public final class Uninterruptibly {
  private Uninterruptibly() {}

  /** Waits for the latch; the thread's interrupt status is as if it had not waited. */
  public static void await(CountDownLatch latch) {
    boolean isInterrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
