package io.github.appaware.policy.engine;

import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.NameTable;

/**
 * Values by host patterns, found by reversed labels: one pass over a host, from its end, has the
 * hashes of all its parent domains.
 *
 * <p>One thread fills it; then any number may read.
 */
final class NameMap<V> {
  private final Table<V> exact = new Table<>();
  private final Table<V> below = new Table<>();

  /** Open addressing; the table is never full. */
  private static final class Table<V> {
    private String[] names = new String[4];
    private Object[] values = new Object[4];
    private int size;

    @SuppressWarnings("unchecked")
    V get(String host, int from, long hash) {
      int mask = names.length - 1;
      for (int i = slot(hash) & mask; names[i] != null; i = (i + 1) & mask) {
        if (names[i].length() == host.length() - from && host.startsWith(names[i], from)) {
          return (V) values[i];
        }
      }
      return null;
    }

    void put(String name, V value) {
      int mask = names.length - 1;
      int i = slot(hash(name)) & mask;
      while (names[i] != null && !names[i].equals(name)) {
        i = (i + 1) & mask;
      }
      if (names[i] == null) {
        size++;
      }
      names[i] = name;
      values[i] = value;
      if (size > names.length / 2) {
        grow();
      }
    }

    private void grow() {
      String[] oldNames = names;
      Object[] oldValues = values;
      names = new String[2 * oldNames.length];
      values = new Object[2 * oldNames.length];
      int mask = names.length - 1;
      for (int j = 0; j < oldNames.length; j++) {
        if (oldNames[j] != null) {
          int i = slot(hash(oldNames[j])) & mask;
          while (names[i] != null) {
            i = (i + 1) & mask;
          }
          names[i] = oldNames[j];
          values[i] = oldValues[j];
        }
      }
    }

    private static int slot(long hash) {
      return (int) (hash ^ (hash >>> 32));
    }

    private static long hash(String name) {
      long hash = NameTable.start();
      for (int i = name.length() - 1; i >= 0; i--) {
        hash = NameTable.next(hash, name.charAt(i));
      }
      return hash;
    }
  }

  void put(HostPattern pattern, V value) {
    (pattern.below() ? below : exact).put(pattern.name(), value);
  }

  boolean hasBelow() {
    return below.size > 0;
  }

  /** The value for just this name, or null; the hash is that of the whole name. */
  V exact(String host, long hash) {
    return exact.get(host, 0, hash);
  }

  /** The value for what is below the name that the host has from an index on, or null. */
  V below(String host, int from, long hash) {
    return below.get(host, from, hash);
  }

  /** Whether some pattern matches the host. */
  boolean isAny(String host) {
    long hash = NameTable.start();
    for (int i = host.length() - 1; i >= 0; i--) {
      char c = host.charAt(i);
      if (c == '.' && i > 0 && below(host, i + 1, hash) != null) {
        return true;
      }
      hash = NameTable.next(hash, c);
    }
    return exact(host, hash) != null;
  }
}
