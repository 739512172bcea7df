package io.github.appaware.policy.engine;

/**
 * A node of the decision tree: finds the matching rule of the least rank without trying all rules.
 * Each rule that it tries is tested in full, so an index may find too many rules, but never too
 * few.
 */
abstract class Node {
  /** The least rank in it. */
  private final int best;

  Node(int best) {
    this.best = best;
  }

  final int best() {
    return best;
  }

  /** The least rank of a matching rule in it, or the limit if none is below that. */
  final int first(Query query, int limit) {
    return best < limit ? search(query, limit) : limit;
  }

  /** {@link #first} of a node that may have one. */
  abstract int search(Query query, int limit);

  /** Rules to be tried one after the other. */
  static final class Leaf extends Node {
    private final CompiledRule[] compiledRules;

    /** Ascending. */
    private final int[] ranks;

    /**
     * A leaf.
     *
     * @param compiledRules all of them, by rank
     */
    Leaf(CompiledRule[] compiledRules, int[] ranks) {
      super(ranks.length == 0 ? Integer.MAX_VALUE : ranks[0]);
      this.compiledRules = compiledRules;
      this.ranks = ranks;
    }

    @Override
    int search(Query query, int limit) {
      for (int rank : ranks) {
        if (rank >= limit) {
          return limit;
        }
        if (compiledRules[rank].matches(query)) {
          return rank;
        }
      }
      return limit;
    }
  }
}
