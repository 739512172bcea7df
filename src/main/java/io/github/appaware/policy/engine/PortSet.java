package io.github.appaware.policy.engine;

import io.github.appaware.policy.model.PortRange;
import java.util.BitSet;
import java.util.List;

/** Ports that a rule names, as disjoint ranges in ascending order. */
final class PortSet {
  private final int[] lows;
  private final int[] highs;

  PortSet(List<PortRange> ranges) {
    if (ranges.size() == 1) {
      lows = new int[] {ranges.get(0).low()};
      highs = new int[] {ranges.get(0).high()};
      return;
    }
    BitSet all = new BitSet();
    ranges.forEach(range -> all.set(range.low(), range.high() + 1));
    int count = 0;
    for (int low = all.nextSetBit(0); low >= 0; low = all.nextSetBit(all.nextClearBit(low))) {
      count++;
    }
    lows = new int[count];
    highs = new int[count];
    int low = all.nextSetBit(0);
    for (int i = 0; i < count; i++) {
      lows[i] = low;
      highs[i] = all.nextClearBit(low) - 1;
      low = all.nextSetBit(highs[i] + 1);
    }
  }

  /** How many ranges there are. */
  int size() {
    return lows.length;
  }

  int low(int index) {
    return lows[index];
  }

  int high(int index) {
    return highs[index];
  }

  /**
   * Whether the port is one of these, or {@link PortRange#EPHEMERAL} is and the system chose it.
   */
  boolean contains(int port, boolean ephemeral) {
    return contains(port) || (ephemeral && contains(PortRange.EPHEMERAL.low()));
  }

  private boolean contains(int port) {
    int low = 0;
    int high = lows.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (highs[middle] < port) {
        low = middle + 1;
      } else if (lows[middle] > port) {
        high = middle - 1;
      } else {
        return true;
      }
    }
    return false;
  }
}
