package io.github.appaware.prompt;

import java.util.function.LongSupplier;

/**
 * Keeps keys that were meant for something else from answering a question that has just appeared:
 * none counts in its first moment, and who goes on typing then has not seen it yet.
 */
final class TypeAheadGuard {
  private static final long MOMENT = 300;
  private static final long LONGEST = 3_000;

  private final LongSupplier millis;
  private long start;
  private long end;

  TypeAheadGuard(LongSupplier millis) {
    this.millis = millis;
  }

  /** A question appears. */
  void start() {
    start = millis.getAsLong();
    end = start + MOMENT;
  }

  /** Whether a key that was pressed now counts. */
  boolean passes() {
    long now = millis.getAsLong();
    if (now - end >= 0) {
      return true;
    }
    end = Math.min(now + MOMENT, start + LONGEST);
    return false;
  }
}
