package io.github.appaware.record;

/** Counts what becomes of the record's lines. Called by all threads: cheap, and never throws. */
public interface RecordMeter {
  /** A line of this many bytes is in the record. */
  default void recorded(int bytes) {}

  /** A line could not be recorded. */
  default void unrecorded() {}
}
