package io.github.appaware.policy.engine;

import io.github.appaware.policy.model.AddressPattern;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Divides rules by {@code address}. */
final class NetworkSplit implements Split {
  @Override
  public Collection<?> keys(CompiledRule compiledRule) {
    List<AddressPattern> addresses = compiledRule.rule().addresses();
    return addresses.isEmpty()
        ? null
        : addresses.stream().flatMap(pattern -> pattern.networks().stream()).distinct().toList();
  }

  @Override
  public Node node(Node always, Map<Object, Node> children) {
    NetworkMap<Node> networks = new NetworkMap<>();
    children.forEach((key, child) -> networks.put((AddressPattern.Network) key, child));
    return new Node(Split.best(always, children)) {
      @Override
      int search(Query query, int limit) {
        int found = always.first(query, limit);
        if (query.address != null) {
          for (int level = 0; level < networks.levels(); level++) {
            Node child = networks.get(level, query.address);
            found = child == null ? found : child.first(query, found);
          }
        }
        return found;
      }
    };
  }
}
