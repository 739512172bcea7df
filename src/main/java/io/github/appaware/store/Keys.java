package io.github.appaware.store;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * The keys below a prefix, as etcd has them: with a revision for the whole that grows with each
 * change of any key, and one for each key, that of its last change. Keys are texts of one character
 * a byte, whatever the bytes are. Safe for all threads; a failed call is worth another try.
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
   * @throws IOException when nobody knows whether it was done
   */
  long change(String guard, long revision, Map<String, String> put, Duration timeout)
      throws IOException;

  /**
   * Runs something soon after a key was changed. Misses changes while etcd is away: whoever needs
   * to know all of them looks from time to time.
   */
  void watch(Runnable changed);

  @Override
  void close();
}
