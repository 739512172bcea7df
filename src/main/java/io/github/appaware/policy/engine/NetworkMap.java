package io.github.appaware.policy.engine;

import io.github.appaware.event.Address;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.NameTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Values by networks. A hash table for each length of prefix that occurs: where a trie of a million
 * networks is a walk of twenty steps, each somewhere else in memory, this is one step for each of
 * the few lengths.
 *
 * <p>One thread fills it; then any number may read.
 */
final class NetworkMap<V> {
  private final List<Level<V>> levels = new ArrayList<>();

  /** The networks of one family and length; open addressing, never full. */
  private static final class Level<V> {
    private final int bits;
    private final int length;
    private final long upperMask;
    private final long lowerMask;
    private long[] uppers = new long[4];
    private long[] lowers = new long[4];
    private Object[] values = new Object[4];
    private int size;

    Level(int bits, int length) {
      this.bits = bits;
      this.length = length;
      int lower = bits == 32 ? 32 + length : length - 64;
      this.upperMask = bits == 32 ? 0 : mask(length);
      this.lowerMask = bits == 32 ? mask(lower) : mask(length - 64);
    }

    private static long mask(int ones) {
      if (ones <= 0) {
        return 0;
      }
      return ones >= 64 ? -1 : -1L << (64 - ones);
    }

    @SuppressWarnings("unchecked")
    V get(long upper, long lower) {
      int at = find(upper & upperMask, lower & lowerMask);
      return (V) values[at];
    }

    void put(long upper, long lower, V value) {
      int at = find(upper, lower);
      if (values[at] == null) {
        size++;
      }
      uppers[at] = upper;
      lowers[at] = lower;
      values[at] = value;
      if (size > values.length / 2) {
        grow();
      }
    }

    private int find(long upper, long lower) {
      int mask = values.length - 1;
      int i = slot(upper, lower) & mask;
      while (values[i] != null && (uppers[i] != upper || lowers[i] != lower)) {
        i = (i + 1) & mask;
      }
      return i;
    }

    private static int slot(long upper, long lower) {
      long hash = NameTable.start() ^ upper;
      hash = (hash ^ (hash >>> 31)) * 0x9e3779b97f4a7c15L;
      hash ^= lower;
      hash = (hash ^ (hash >>> 29)) * 0xbf58476d1ce4e5b9L;
      return (int) (hash >>> 32);
    }

    private void grow() {
      long[] oldUppers = uppers;
      long[] oldLowers = lowers;
      Object[] oldValues = values;
      int length2 = 2 * oldValues.length;
      uppers = new long[length2];
      lowers = new long[length2];
      values = new Object[length2];
      for (int i = 0; i < oldValues.length; i++) {
        if (oldValues[i] != null) {
          int at = find(oldUppers[i], oldLowers[i]);
          uppers[at] = oldUppers[i];
          lowers[at] = oldLowers[i];
          values[at] = oldValues[i];
        }
      }
    }
  }

  void put(AddressPattern.Network network, V value) {
    Address address = network.address();
    for (Level<V> level : levels) {
      if (level.bits == address.bits() && level.length == network.length()) {
        level.put(upper(address), lower(address), value);
        return;
      }
    }
    Level<V> level = new Level<>(address.bits(), network.length());
    levels.add(level);
    level.put(upper(address), lower(address), value);
  }

  /** How many lengths there are, to ask for one after the other. */
  int levels() {
    return levels.size();
  }

  /** The value for the network of that level around the address, or null. */
  V get(int level, Address address) {
    Level<V> networks = levels.get(level);
    return networks.bits == address.bits() ? networks.get(upper(address), lower(address)) : null;
  }

  /** Whether some network has the address in it. */
  boolean isAny(Address address) {
    for (int i = 0; i < levels.size(); i++) {
      if (get(i, address) != null) {
        return true;
      }
    }
    return false;
  }

  private static long upper(Address address) {
    return address.bits() == 32 ? 0 : join(address.word(0), address.word(1));
  }

  private static long lower(Address address) {
    return address.bits() == 32
        ? address.word(0) & 0xffffffffL
        : join(address.word(2), address.word(3));
  }

  private static long join(int high, int low) {
    return (long) high << 32 | (low & 0xffffffffL);
  }
}
