package io.github.appaware.policy.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Divides rules by {@code group}. */
final class GroupSplit implements Split {
  @Override
  public Collection<?> keys(CompiledRule compiledRule) {
    List<String> ids = compiledRule.groups();
    return ids.isEmpty() ? null : ids;
  }

  @Override
  public Node node(Node always, Map<Object, Node> children) {
    Map<Object, Node> byId = Map.copyOf(children);
    return new Node(Split.best(always, children)) {
      @Override
      int search(Query query, int limit) {
        int found = always.first(query, limit);
        for (String id : query.groups) {
          Node child = byId.get(id);
          found = child == null ? found : child.first(query, found);
        }
        return found;
      }
    };
  }
}
