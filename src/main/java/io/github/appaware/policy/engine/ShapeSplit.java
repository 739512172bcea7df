package io.github.appaware.policy.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Divides rules by the shapes of events that they can match. */
final class ShapeSplit implements Split {
  @Override
  public Collection<?> keys(CompiledRule compiledRule) {
    List<Integer> bits = new ArrayList<>();
    for (int left = compiledRule.shapes(); left != 0; left &= left - 1) {
      bits.add(Integer.numberOfTrailingZeros(left));
    }
    return bits;
  }

  @Override
  public Node node(Node always, Map<Object, Node> children) {
    Node[] byBit = new Node[Integer.SIZE];
    children.forEach((bit, child) -> byBit[(Integer) bit] = child);
    return new Node(Split.best(always, children)) {
      @Override
      int search(Query query, int limit) {
        int found = always.first(query, limit);
        Node child = query.shape == 0 ? null : byBit[Integer.numberOfTrailingZeros(query.shape)];
        return child == null ? found : child.first(query, found);
      }
    };
  }
}
