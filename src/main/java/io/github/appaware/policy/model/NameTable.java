package io.github.appaware.policy.model;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A compact map from host names to numbers, for millions of names: the names' bytes lie one after
 * the other in pages, and an open-addressed table holds 32 bits of hash and 32 bits of position for
 * each. A look-up compares the whole name, not only its hash.
 *
 * <p>Hashes run from the end of a name to its front, so one pass over a host yields those of all
 * its parent domains too. They are seeded, so the author of a list can't choose names that collide.
 *
 * <p>One thread fills it; then any number may read.
 */
public final class NameTable {
  /** What {@link #get} has for a name that is not there. */
  static final int NONE = -1;

  /** A name of 253 bytes, its length and its number fit into a page some thousand times. */
  private static final int PAGE_BITS = 18;

  private static final int PAGE = 1 << PAGE_BITS;
  private static final int HEAD = 5;

  /** Places are below 2^31: two gibibytes of names. */
  static final int MOST_PAGES = 1 << (31 - PAGE_BITS);

  private static final long SEED = new SplittableRandom().nextLong();
  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  private final int mostPages;
  private byte[][] pages = new byte[1][];
  private int pageCount;
  private int end = PAGE;

  /** Hash in the upper half, place + 1 in the lower; 0 is free. */
  private long[] slots = new long[16];

  private int size;

  /**
   * An empty table.
   *
   * @param mostPages how many pages of 256 KiB the names may take, at most {@link #MOST_PAGES}
   */
  NameTable(int mostPages) {
    this.mostPages = mostPages;
  }

  /** The hash of no characters, to be continued with {@link #next} from the end of a name. */
  public static long start() {
    return SEED;
  }

  /** The hash with one more character in front. */
  public static long next(long hash, int c) {
    long mixed = (hash ^ c) * FACTOR;
    return mixed ^ (mixed >>> 29);
  }

  /** The hash of a whole name. */
  static long hash(byte[] name, int from, int to) {
    long hash = SEED;
    for (int i = to - 1; i >= from; i--) {
      hash = next(hash, name[i]);
    }
    return hash;
  }

  int size() {
    return size;
  }

  /** The number of the name that the host has from an index on, or {@link #NONE}. */
  int get(String host, int from, long hash) {
    int mask = slots.length - 1;
    for (int i = (int) hash & mask; slots[i] != 0; i = (i + 1) & mask) {
      if (slots[i] >>> 32 == hash >>> 32) {
        int place = (int) slots[i] - 1;
        if (equal(host, from, place)) {
          return number(place);
        }
      }
    }
    return NONE;
  }

  private boolean equal(String host, int from, int place) {
    byte[] page = pages[place >>> PAGE_BITS];
    int at = (place & (PAGE - 1)) + HEAD;
    int length = page[at - 1] & 0xff;
    if (host.length() - from != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (page[at + i] != host.charAt(from + i)) {
        return false;
      }
    }
    return true;
  }

  private int number(int place) {
    byte[] page = pages[place >>> PAGE_BITS];
    int at = place & (PAGE - 1);
    return (page[at] & 0xff) << 24
        | (page[at + 1] & 0xff) << 16
        | (page[at + 2] & 0xff) << 8
        | (page[at + 3] & 0xff);
  }

  /** Changes the number that a name has; {@link #NONE} stands for a name that was not there. */
  @FunctionalInterface
  interface Change {
    int apply(int number);
  }

  /**
   * Adds the name if it is not there, and changes its number.
   *
   * @param name ASCII, 1 to 255 bytes of it
   * @throws MalformedValue when there is no more room
   */
  void put(byte[] name, int from, int to, Change change) throws MalformedValue {
    long hash = hash(name, from, to);
    int mask = slots.length - 1;
    int i = (int) hash & mask;
    for (; slots[i] != 0; i = (i + 1) & mask) {
      int place = (int) slots[i] - 1;
      if (slots[i] >>> 32 == hash >>> 32 && equal(name, from, to, place)) {
        int old = number(place);
        int changed = change.apply(old);
        if (changed != old) {
          setNumber(place, changed);
        }
        return;
      }
    }
    int place = append(name, from, to);
    setNumber(place, change.apply(NONE));
    slots[i] = hash >>> 32 << 32 | (place + 1);
    if (++size > slots.length / 4 * 3) {
      grow();
    }
  }

  private boolean equal(byte[] name, int from, int to, int place) {
    byte[] page = pages[place >>> PAGE_BITS];
    int at = (place & (PAGE - 1)) + HEAD;
    int length = page[at - 1] & 0xff;
    return Arrays.equals(name, from, to, page, at, at + length);
  }

  private int append(byte[] name, int from, int to) throws MalformedValue {
    if (end + HEAD + to - from > PAGE) {
      if (pageCount == mostPages) {
        throw new MalformedValue("too many names", "");
      }
      if (pageCount == pages.length) {
        pages = Arrays.copyOf(pages, 2 * pageCount);
      }
      pages[pageCount++] = new byte[PAGE];
      end = 0;
    }
    byte[] page = pages[pageCount - 1];
    int place = (pageCount - 1) << PAGE_BITS | end;
    page[end + HEAD - 1] = (byte) (to - from);
    System.arraycopy(name, from, page, end + HEAD, to - from);
    end += HEAD + to - from;
    return place;
  }

  private void setNumber(int place, int number) {
    byte[] page = pages[place >>> PAGE_BITS];
    int at = place & (PAGE - 1);
    page[at] = (byte) (number >>> 24);
    page[at + 1] = (byte) (number >>> 16);
    page[at + 2] = (byte) (number >>> 8);
    page[at + 3] = (byte) number;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    int mask = slots.length - 1;
    for (long slot : old) {
      if (slot != 0) {
        int place = (int) slot - 1;
        byte[] page = pages[place >>> PAGE_BITS];
        int at = (place & (PAGE - 1)) + HEAD;
        int i = (int) hash(page, at, at + (page[at - 1] & 0xff)) & mask;
        while (slots[i] != 0) {
          i = (i + 1) & mask;
        }
        slots[i] = slot;
      }
    }
  }
}
