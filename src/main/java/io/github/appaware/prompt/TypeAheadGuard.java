package io.github.appaware.prompt;

import java.util.function.LongSupplier;

/**
 * Keeps keys that were meant for another program from answering a question that has just appeared:
 * keys are ignored in its first moment, and until a pause in the typing.
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

  /** A question has appeared. */
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
