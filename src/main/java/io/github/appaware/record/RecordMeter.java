package io.github.appaware.record;

/** Counts recorded and unrecorded lines. Called by all threads; must be cheap and not throw. */
public interface RecordMeter {
  /** A line of this many bytes was recorded. */
  default void recorded(int bytes) {}

  /** A line could not be recorded. */
  default void unrecorded() {}
}
