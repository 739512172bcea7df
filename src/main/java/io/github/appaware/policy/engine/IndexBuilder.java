package io.github.appaware.policy.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Builds the decision tree: divides the rules by the key that separates them best, then each part
 * by the next key, until few are left together.
 */
final class IndexBuilder {
  /** Trying this many rules costs about as much as one more step of the index. */
  private static final int FEW = 6;

  /** The largest share of the rules that a useful split may leave together. */
  private static final double WORTH = 0.8;

  /** A split that leaves this many together is good enough. */
  private static final int ENOUGH = 4 * FEW;

  /** How many times, on average, an index may repeat a value of a policy. */
  private static final int REPEATED = 4;

  private final CompiledRule[] compiledRules;

  /**
   * How many more places the index may have: a rule with many hosts and many ports has one for each
   * pair.
   */
  private long room;

  private IndexBuilder(CompiledRule[] compiledRules, int[] ranks) {
    this.compiledRules = compiledRules;
    for (int rank : ranks) {
      this.room += (long) REPEATED * compiledRules[rank].values();
    }
  }

  /**
   * An index.
   *
   * @param compiledRules all there are, by rank
   * @param ranks of those that are to be found, ascending
   */
  static Node build(CompiledRule[] compiledRules, int[] ranks, List<Split> splits) {
    return new IndexBuilder(compiledRules, ranks).node(ranks, splits);
  }

  /** Rules by the values of a split's key. */
  private record Parts(Split split, List<Integer> always, Map<Object, List<Integer>> byKey) {
    /** About how many are still together. */
    int left() {
      int most = 0;
      for (List<Integer> part : byKey.values()) {
        most = Math.max(most, part.size());
      }
      return always.size() + most;
    }

    long places() {
      long places = 0;
      for (List<Integer> part : byKey.values()) {
        places += part.size();
      }
      return places;
    }
  }

  private Node node(int[] ranks, List<Split> untried) {
    if (ranks.length <= FEW) {
      return new Node.Leaf(compiledRules, ranks);
    }
    Parts best = null;
    for (Split split : untried) {
      Parts parts = divide(split, ranks);
      if (parts != null && (best == null || parts.left() < best.left())) {
        best = parts;
        if (best.left() <= ENOUGH) {
          break;
        }
      }
    }
    if (best == null || best.left() > WORTH * ranks.length) {
      return new Node.Leaf(compiledRules, ranks);
    }
    room -= best.places();
    return node(best, untried);
  }

  private Node node(Parts parts, List<Split> untried) {
    List<Split> rest = new ArrayList<>(untried);
    rest.remove(parts.split);
    Node always = node(array(parts.always), rest);
    // Values that always occur together, such as those of one rule, share a node.
    Map<List<Integer>, Node> known = new HashMap<>();
    Map<Object, Node> children = new LinkedHashMap<>();
    parts.byKey.forEach(
        (key, part) -> {
          Node child = known.get(part);
          if (child == null) {
            child = node(array(part), rest);
            known.put(part, child);
          }
          children.put(key, child);
        });
    return parts.split.node(always, children);
  }

  /** Null if there is no room for it, or nothing to divide. */
  private Parts divide(Split split, int[] ranks) {
    Parts parts = new Parts(split, new ArrayList<>(), new LinkedHashMap<>());
    long places = 0;
    for (int rank : ranks) {
      Collection<?> keys = split.keys(compiledRules[rank]);
      if (keys == null) {
        parts.always.add(rank);
        continue;
      }
      places += keys.size();
      if (places > room) {
        return null;
      }
      for (Object key : keys) {
        parts.byKey.computeIfAbsent(key, first -> new ArrayList<>(1)).add(rank);
      }
    }
    return parts.byKey.isEmpty() ? null : parts;
  }

  private static int[] array(List<Integer> ranks) {
    return Arrays.stream(ranks.toArray(Integer[]::new)).mapToInt(Integer::intValue).toArray();
  }

  /** The ranks of the rules that satisfy a predicate. */
  static int[] where(CompiledRule[] compiledRules, Predicate<CompiledRule> wanted) {
    return IntStream.range(0, compiledRules.length)
        .filter(i -> wanted.test(compiledRules[i]))
        .toArray();
  }
}
