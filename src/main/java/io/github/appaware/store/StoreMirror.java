package io.github.appaware.store;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Keeps a copy of the store up to date: checks when the store reports a change, and three times a
 * second, so that a lost message or connection is noticed soon.
 */
final class StoreMirror implements Closeable {
  private static final long INTERVAL_MILLIS = 300;

  /** How long one call may take before etcd counts as lost. */
  private static final Duration CALL = Duration.ofSeconds(1);

  private final Keys keys;
  private final String prefix;
  private final ReentrantLock reading = new ReentrantLock();
  private final Semaphore wake = new Semaphore(0);

  /** Keys that may still be created although they were reported as not saved. */
  private final Set<String> uncertain = ConcurrentHashMap.newKeySet();

  private volatile StoreContents contents = StoreContents.none();
  private volatile String trouble = "";
  private Thread thread;

  StoreMirror(Keys keys, String prefix) {
    this.keys = keys;
    this.prefix = prefix;
  }

  /** Why the copy is not up to date, or empty. */
  String trouble() {
    return trouble;
  }

  /** The copy. */
  StoreContents contents() {
    return contents;
  }

  /** Updates the copy once. */
  void read() throws IOException {
    read(CALL);
  }

  /**
   * Updates the copy once.
   *
   * @param timeout for each of a few calls
   * @throws IOException when that is not possible; the copy stays as it was
   */
  void read(Duration timeout) throws IOException {
    try {
      if (!reading.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("no answer within " + timeout.toMillis() + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    try {
      StoreContents now = contents;
      if (now.revision() == 0) {
        contents = StoreContents.of(prefix, keys.read(0, timeout));
        return;
      }
      removeUncertain(timeout);
      Keys.Reading look = keys.look(timeout);
      if (look.cluster() != now.cluster() || look.revision() < now.revision()) {
        throw new IOException(
            "it is another etcd or an older state than before; restart to use it");
      }
      if (look.revision() > now.revision()) {
        update(timeout);
      }
    } finally {
      reading.unlock();
    }
  }

  private void update(Duration timeout) throws IOException {
    StoreContents now = contents;
    Keys.Reading reading = keys.read(now.revision(), timeout);
    StoreContents next = now.with(prefix, reading);
    if (next.parts().size() != reading.count()) { // some keys were deleted
      next = StoreContents.of(prefix, keys.read(0, timeout));
    }
    for (String key : uncertain) {
      next = next.without(key);
    }
    contents = next;
  }

  /**
   * The deletion also writes the head, on which the uncertain change depends: once the deletion is
   * made, that change was made before or never will be.
   */
  private void removeUncertain(Duration timeout) throws IOException {
    for (String key : List.copyOf(uncertain)) {
      long head = contents.head();
      Map<String, String> change = new HashMap<>();
      change.put(StoreContents.HEAD, "");
      change.put(key, null);
      if (keys.change(StoreContents.HEAD, head, change, timeout) != 0) {
        uncertain.remove(key);
      }
      update(timeout);
    }
  }

  /** Remembers to delete a key that may have been saved. */
  void markUncertain(String key) {
    uncertain.add(key);
  }

  /** Adds what {@link Keys#change} changed, without waiting until it is read. */
  void changed(String key, String bytes, long revision) {
    reading.lock();
    try {
      Map<String, Keys.Value> both =
          Map.of(
              key,
              new Keys.Value(bytes, revision),
              StoreContents.HEAD,
              new Keys.Value("", revision));
      StoreContents now = contents;
      if (now.revision() >= revision) {
        return; // read meanwhile, with what others changed since
      }
      // Of the revision that was read, as others may have changed something else since.
      contents =
          now.with(prefix, new Keys.Reading(now.cluster(), now.revision(), both, both.size()));
    } finally {
      reading.unlock();
    }
  }

  /**
   * Keeps the copy up to date from now on, by a thread of its own.
   *
   * @param look run after each change
   * @param notices receives a sentence when the store is lost and when it is back
   * @param place the store, as notices name it
   */
  void start(Runnable look, Consumer<String> notices, String place) {
    keys.watch(wake::release);
    thread = new Thread(() -> keep(look, notices, place), "etcd");
    thread.setDaemon(true);
    thread.start();
  }

  private void keep(Runnable look, Consumer<String> notices, String place) {
    boolean lost = false;
    while (!Thread.currentThread().isInterrupted()) {
      Map<String, StoreEntry> before = contents.parts();
      try {
        read(CALL);
        if (lost) {
          notices.accept(place + " is back: policy and answers are in step with it again");
          lost = false;
          trouble = "";
        }
        if (contents.parts() != before) {
          look.run();
        }
      } catch (IOException | RuntimeException e) {
        if (!lost && !Thread.currentThread().isInterrupted()) {
          notices.accept(
              place
                  + " is lost ("
                  + e.getMessage()
                  + "): the last good policy stays in force, and no answer can be saved");
          lost = true;
          trouble = place + " is lost (" + e.getMessage() + ")";
        }
      }
      await();
    }
  }

  private void await() {
    try {
      if (wake.tryAcquire(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
    keys.close();
  }
}
