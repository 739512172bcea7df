package io.github.appaware.link;

/**
 * How long a server has sent nothing. Only time in which this process ran and read counts: it may
 * have been stopped, or busy with what the server sent before. One thread reads, another checks.
 */
final class Silence {
  /** What one check can add; more has passed when the process was stopped. */
  private static final long LONGEST_STEP = 2 * Timing.CHECK;

  private volatile boolean reading;
  private volatile int heard;

  /** Of the thread that checks. */
  private int heardBefore;

  private long checked;

  private long silent;

  Silence(long now) {
    checked = now;
  }

  /** A read begins. */
  void reading() {
    reading = true;
  }

  /** A read has ended. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads
  void heard() {
    reading = false;
    heard++;
  }

  /** Whether the server is to be taken for gone. */
  boolean isTooLong(long now) {
    int current = heard;
    long passed = Math.min(now - checked, LONGEST_STEP);
    checked = now;
    silent = reading && current == heardBefore ? silent + passed : 0;
    heardBefore = current;
    return silent >= Timing.SILENCE;
  }
}
