package io.github.appaware.store;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Keys in memory, which can be lost, and can lose what they answer. */
final class FakeKeys implements Keys {
  private final Map<String, Value> values = new TreeMap<>();
  private long revision = 1;
  private long cluster = 7;
  private String failure = "";
  private boolean deaf;
  private Runnable before = () -> {};

  synchronized void put(String key, String bytes) {
    revision++;
    values.put(key, new Value(bytes, revision));
  }

  synchronized void remove(String key) {
    revision++;
    values.remove(key);
  }

  synchronized String text(String key) {
    return values.get(key).bytes();
  }

  synchronized boolean has(String key) {
    return values.containsKey(key);
  }

  synchronized long count() {
    return values.size();
  }

  /** Every call fails from now on; an empty text is the end of that. */
  synchronized void lose(String why) {
    failure = why;
  }

  /** Changes are made, but nobody hears of it. */
  synchronized void deafen(boolean on) {
    deaf = on;
  }

  synchronized void becomeAnother() {
    cluster++;
  }

  /** Runs once before the next change. */
  synchronized void beforeChange(Runnable runnable) {
    before = runnable;
  }

  private void fail() throws IOException {
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
  }

  @Override
  public synchronized Reading look(Duration timeout) throws IOException {
    fail();
    return new Reading(cluster, revision, Map.of(), -1);
  }

  @Override
  public synchronized Reading read(long since, Duration timeout) throws IOException {
    fail();
    Map<String, Value> changed = new HashMap<>();
    values.forEach(
        (key, value) -> {
          if (value.revision() > since) {
            changed.put(key, value);
          }
        });
    return new Reading(cluster, revision, changed, values.size());
  }

  @Override
  public synchronized long change(
      String guard, long since, Map<String, String> put, Duration timeout) throws IOException {
    fail();
    Runnable first = before;
    before = () -> {};
    first.run();
    Value guarded = values.get(guard);
    if ((guarded == null ? 0 : guarded.revision()) != since) {
      return 0;
    }
    revision++;
    put.forEach(
        (key, value) -> {
          if (value == null) {
            values.remove(key);
          } else {
            values.put(key, new Value(value, revision));
          }
        });
    if (deaf) {
      failure = "no answer";
      throw new IOException(failure);
    }
    return revision;
  }

  @Override
  public void watch(Runnable changed) {
    // It is looked at often enough.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
