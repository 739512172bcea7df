package io.github.appaware.store;

import io.github.appaware.policy.edit.EditException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes the text of a key that is stored already. What an operator or another server changed in
 * it meanwhile is never lost: the key must be as it was read, else the change is made to what it is
 * now.
 */
final class EntryEdits {
  /** How long a change is tried. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** The shortest time-out of a call. */
  private static final Duration SHORTEST = Duration.ofMillis(20);

  private static final Duration RETRY = Duration.ofMillis(50);

  /** Makes the new text. */
  interface Edit {
    /**
     * The new text of a key.
     *
     * @throws EditException to leave the key alone
     */
    String apply(String text) throws EditException;
  }

  private final Keys keys;
  private final StoreMirror mirror;
  private final String prefix;
  private final String place;

  /**
   * For one store.
   *
   * @param place the store, as messages name it
   */
  EntryEdits(Keys keys, StoreMirror mirror, String prefix, String place) {
    this.keys = keys;
    this.mirror = mirror;
    this.prefix = prefix;
    this.place = place;
  }

  /**
   * Changes an entry; durable when this returns.
   *
   * @param name of the entry, as policies have it: {@code etcd:/appaware/policy/site.toml}
   * @throws EditException if it is not certain that it is changed
   */
  void edit(String name, Edit edit) throws EditException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String wanted = null;
    String last = "other changes at the same time";
    while (true) {
      StoreContents contents = mirror.contents();
      String key = key(contents, name);
      StoreEntry entry = contents.parts().get(key);
      if (entry.text().equals(wanted)) {
        return; // of a change whose outcome was unknown
      }
      wanted = edit.apply(entry.text());
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.compareTo(SHORTEST) < 0) {
        throw new EditException(
            "not certain that it is saved: " + place + ": " + last,
            "see what is there when it is back");
      }
      Map<String, String> change = new LinkedHashMap<>();
      change.put(key, StoreEntry.bytes(wanted));
      change.put(StoreContents.HEAD, ""); // so that no server counts on what it read before
      try {
        long revision = keys.change(key, entry.revision(), change, left);
        if (revision != 0) {
          mirror.changed(key, StoreEntry.bytes(wanted), revision);
          return;
        }
      } catch (IOException e) {
        last = e.getMessage();
      }
      readAgain(deadline);
    }
  }

  private String key(StoreContents contents, String name) throws EditException {
    return contents.parts().keySet().stream()
        .filter(each -> StoreEntry.name(prefix, each).equals(name))
        .findFirst()
        .orElseThrow(() -> new EditException("`" + name + "` is not there any more", ""));
  }

  private void readAgain(long deadline) {
    long left = deadline - System.nanoTime();
    try {
      mirror.read(Duration.ofNanos(Math.max(0, left)));
    } catch (IOException e) {
      LockSupport.parkNanos(Math.min(RETRY.toNanos(), Math.max(1, left)));
    }
  }
}
