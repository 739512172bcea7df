package io.github.appaware.store;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * The keys below a prefix, as in etcd: the store has a revision that grows with each change of any
 * key, and each key has the revision of its last change. Keys and values are texts of one character
 * a byte, whatever the bytes are. Safe for all threads; a failed call may be tried again.
 */
interface Keys extends Closeable {
  /**
   * What was read at one moment.
   *
   * @param cluster which etcd it is
   * @param revision of the whole
   * @param changed the keys that were changed since a revision, and their values
   * @param count of all keys
   */
  record Reading(long cluster, long revision, Map<String, Value> changed, long count) {}

  /**
   * A value.
   *
   * @param bytes in one character each
   * @param revision of its last change
   */
  record Value(String bytes, long revision) {}

  /** The revision of the whole and which etcd it is, without any keys: cheap. */
  Reading look(Duration timeout) throws IOException;

  /**
   * The keys that were changed after a revision.
   *
   * @param since 0 for all keys
   * @throws IOException when etcd does not answer in time, or has more than can be policy
   */
  Reading read(long since, Duration timeout) throws IOException;

  /**
   * Changes keys, all or none, if the first is as it was, and durably so when it returns.
   *
   * @param guard a key that is among those put
   * @param revision of its last change, 0 if it does not exist
   * @param put values in one character a byte; null deletes a key
   * @return the new revision, or 0 if the guard was no longer as it was
   * @throws IOException when the outcome is unknown
   */
  long change(String guard, long revision, Map<String, String> put, Duration timeout)
      throws IOException;

  /**
   * Runs this soon after a key was changed. Misses changes while etcd is unreachable: check from
   * time to time as well.
   */
  void watch(Runnable changed);

  @Override
  void close();
}
