package io.github.appaware.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything below the prefix, as read at one moment. Immutable.
 *
 * @param cluster which etcd it was read from
 * @param revision of the whole
 * @param parts by their keys without the prefix
 */
record StoreContents(long cluster, long revision, SortedMap<String, StoreEntry> parts) {
  /** The key that is written with each change by appaware. */
  static final String HEAD = "/head";

  static final String POLICY = "/policy/";
  static final String ANSWERS = "/answers/";

  StoreContents {
    parts = Collections.unmodifiableSortedMap(parts);
  }

  /** Nothing, before anything was read. */
  static StoreContents none() {
    return new StoreContents(0, 0, new TreeMap<>());
  }

  /** The contents of a reading of all keys. */
  static StoreContents of(String prefix, Keys.Reading reading) {
    SortedMap<String, StoreEntry> parts = new TreeMap<>();
    reading.changed().forEach((key, value) -> parts.put(key, StoreEntry.of(prefix, key, value)));
    return new StoreContents(reading.cluster(), reading.revision(), parts);
  }

  /** These contents with what was changed since; the same map if nothing was. */
  StoreContents with(String prefix, Keys.Reading reading) {
    SortedMap<String, StoreEntry> changed = parts;
    for (Map.Entry<String, Keys.Value> each : reading.changed().entrySet()) {
      StoreEntry known = changed.get(each.getKey());
      if (known == null || known.revision() < each.getValue().revision()) {
        changed = changed == parts ? new TreeMap<>(parts) : changed;
        changed.put(each.getKey(), StoreEntry.of(prefix, each.getKey(), each.getValue()));
      }
    }
    return new StoreContents(reading.cluster(), reading.revision(), changed);
  }

  /** These contents without a key. */
  StoreContents without(String key) {
    if (!parts.containsKey(key)) {
      return this;
    }
    SortedMap<String, StoreEntry> fewer = new TreeMap<>(parts);
    fewer.remove(key);
    return new StoreContents(cluster, revision, fewer);
  }

  /** The revision of the head's last change; 0 if there is none. */
  long head() {
    StoreEntry head = parts.get(HEAD);
    return head == null ? 0 : head.revision();
  }

  /** The parts of a kind, by their keys. */
  List<StoreEntry> of(StoreEntry.Kind kind) {
    List<StoreEntry> found = new ArrayList<>();
    for (StoreEntry part : parts.values()) {
      if (part.kind() == kind) {
        found.add(part);
      }
    }
    return found;
  }
}
