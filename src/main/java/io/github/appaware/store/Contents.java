package io.github.appaware.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is below the prefix, as it was at one moment. Immutable.
 *
 * @param cluster which etcd it was read from
 * @param revision of the whole
 * @param parts by their keys without the prefix
 */
record Contents(long cluster, long revision, SortedMap<String, Part> parts) {
  /** The key that is written with each change of ours. */
  static final String HEAD = "/head";

  static final String POLICY = "/policy/";
  static final String ANSWERS = "/answers/";

  Contents {
    parts = Collections.unmodifiableSortedMap(parts);
  }

  /** Nothing, before anything was read. */
  static Contents none() {
    return new Contents(0, 0, new TreeMap<>());
  }

  /** All of a reading of all keys. */
  static Contents of(String prefix, Keys.Reading reading) {
    SortedMap<String, Part> parts = new TreeMap<>();
    reading.changed().forEach((key, value) -> parts.put(key, Part.of(prefix, key, value)));
    return new Contents(reading.cluster(), reading.revision(), parts);
  }

  /** This with what was changed since; the same parts if nothing was. */
  Contents with(String prefix, Keys.Reading reading) {
    SortedMap<String, Part> changed = parts;
    for (Map.Entry<String, Keys.Value> each : reading.changed().entrySet()) {
      Part known = changed.get(each.getKey());
      if (known == null || known.revision() < each.getValue().revision()) {
        changed = changed == parts ? new TreeMap<>(parts) : changed;
        changed.put(each.getKey(), Part.of(prefix, each.getKey(), each.getValue()));
      }
    }
    return new Contents(reading.cluster(), reading.revision(), changed);
  }

  /** This without a key. */
  Contents without(String key) {
    if (!parts.containsKey(key)) {
      return this;
    }
    SortedMap<String, Part> fewer = new TreeMap<>(parts);
    fewer.remove(key);
    return new Contents(cluster, revision, fewer);
  }

  /** The revision of the head's last change; 0 if there is none. */
  long head() {
    Part head = parts.get(HEAD);
    return head == null ? 0 : head.revision();
  }

  /** The parts of a kind, by their keys. */
  List<Part> of(Part.Kind kind) {
    List<Part> found = new ArrayList<>();
    for (Part part : parts.values()) {
      if (part.kind() == kind) {
        found.add(part);
      }
    }
    return found;
  }
}
