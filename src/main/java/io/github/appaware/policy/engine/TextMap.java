package io.github.appaware.policy.engine;

import io.github.appaware.policy.model.NameTable;

/**
 * Values by text, found by parts of other text without making that part: each key has a mark in
 * front of it that says what it is.
 *
 * <p>One thread fills it; then any number may read.
 */
final class TextMap<V> {
  private String[] keys = new String[4];
  private Object[] values = new Object[4];
  private int size;

  /** The hash of a mark, to be continued with {@link NameTable#next}. */
  static long start(char mark) {
    return NameTable.next(NameTable.start(), mark);
  }

  /** The hash of a mark and part of a text. */
  static long hash(char mark, String text, int from, int to) {
    long hash = start(mark);
    for (int i = from; i < to; i++) {
      hash = NameTable.next(hash, text.charAt(i));
    }
    return hash;
  }

  void put(String key, V value) {
    int at = find(key.charAt(0), key, 1, key.length(), hash(key.charAt(0), key, 1, key.length()));
    if (keys[at] == null) {
      size++;
    }
    keys[at] = key;
    values[at] = value;
    if (size > keys.length / 2) {
      String[] oldKeys = keys;
      Object[] oldValues = values;
      keys = new String[2 * oldKeys.length];
      values = new Object[2 * oldKeys.length];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != null) {
          String old = oldKeys[i];
          long hash = hash(old.charAt(0), old, 1, old.length());
          int free = find(old.charAt(0), old, 1, old.length(), hash);
          keys[free] = old;
          values[free] = oldValues[i];
        }
      }
    }
  }

  /** The value under the mark and part of a text, whose hash that is, or null. */
  @SuppressWarnings("unchecked")
  V get(char mark, String text, int from, int to, long hash) {
    return (V) values[find(mark, text, from, to, hash)];
  }

  V get(char mark, String text, int from, int to) {
    return get(mark, text, from, to, hash(mark, text, from, to));
  }

  private int find(char mark, String text, int from, int to, long hash) {
    int mask = keys.length - 1;
    int i = (int) (hash ^ (hash >>> 32)) & mask;
    while (keys[i] != null
        && (keys[i].charAt(0) != mark
            || keys[i].length() != to - from + 1
            || !keys[i].regionMatches(1, text, from, to - from))) {
      i = (i + 1) & mask;
    }
    return i;
  }
}
