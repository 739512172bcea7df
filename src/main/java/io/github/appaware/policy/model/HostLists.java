package io.github.appaware.policy.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of all host lists of a policy, in one table: finding the lists that contain a host
 * costs the same for one list and for a thousand.
 *
 * <p>One thread fills it; then any number may read.
 */
public final class HostLists {
  private final NameTable exact;
  private final NameTable below;
  private final Map<Path, HostList> lists = new HashMap<>();

  /** Combinations of lists, by the numbers that the tables hold; each is in ascending order. */
  private final List<int[]> sets = new ArrayList<>();

  private final Map<List<Integer>, Integer> numbers = new HashMap<>();

  /** The result of the last union: most names of a list are in the same lists. */
  private int lastSet;

  private int lastList = -1;
  private int lastUnion;

  public HostLists() {
    this(NameTable.MOST_PAGES);
  }

  /**
   * As above, for fewer names.
   *
   * @param mostPages what they may take, see {@link NameTable}
   */
  public HostLists(int mostPages) {
    exact = new NameTable(mostPages);
    below = new NameTable(mostPages);
  }

  /** The list that was read from the file, or null. */
  public HostList get(Path realPath) {
    return lists.get(realPath);
  }

  /** Begins another list. */
  public HostList begin(Path realPath, String file) {
    HostList list = new HostList(this, lists.size(), file);
    lists.put(realPath, list);
    return list;
  }

  /** Adds a name in normal form; or, {@code below}, every name below it. */
  public void add(HostList list, byte[] name, int from, int to, boolean below)
      throws MalformedValue {
    (below ? this.below : exact).put(name, from, to, set -> union(set, list.number()));
    list.counted();
  }

  private int union(int set, int list) {
    if (set != lastSet || list != lastList) {
      lastSet = set;
      lastList = list;
      lastUnion = newUnion(set, list);
    }
    return lastUnion;
  }

  private int newUnion(int set, int list) {
    int[] old = set == NameTable.NONE ? new int[0] : sets.get(set);
    if (Arrays.binarySearch(old, list) >= 0) {
      return set;
    }
    // Lists are read one after the other, so the new number is the greatest.
    int[] union = Arrays.copyOf(old, old.length + 1);
    union[old.length] = list;
    return numbers.computeIfAbsent(
        Arrays.stream(union).boxed().toList(),
        added -> {
          sets.add(union);
          return sets.size() - 1;
        });
  }

  /** How many lists there are. */
  public int count() {
    return lists.size();
  }

  /** Whether some list has entries of the form {@code *.name}. */
  public boolean hasBelow() {
    return below.size() > 0;
  }

  /** The numbers of the lists with just this name, or null; the hash is that of the whole name. */
  public int[] withName(String host, long hash) {
    int set = exact.get(host, 0, hash);
    return set == NameTable.NONE ? null : sets.get(set);
  }

  /** The numbers of the lists with {@code *.} before what the host has from an index on. */
  public int[] withParent(String host, int from, long hash) {
    int set = below.get(host, from, hash);
    return set == NameTable.NONE ? null : sets.get(set);
  }

  /** Whether the host, in normal form, is in the list. */
  boolean contains(int list, String host) {
    long hash = NameTable.start();
    for (int i = host.length() - 1; i >= 0; i--) {
      if (host.charAt(i) == '.' && i > 0 && has(withParent(host, i + 1, hash), list)) {
        return true;
      }
      hash = NameTable.next(hash, host.charAt(i));
    }
    return has(withName(host, hash), list);
  }

  private static boolean has(int[] set, int list) {
    return set != null && Arrays.binarySearch(set, list) >= 0;
  }
}
