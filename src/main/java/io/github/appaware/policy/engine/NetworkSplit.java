package io.github.appaware.policy.engine;

import io.github.appaware.event.Address;
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
          found = search(query, query.address, found);
          if (query.otherForm != null) {
            found = search(query, query.otherForm, found);
          }
          for (int i = 0; i < query.embedded.size(); i++) {
            found = search(query, query.embedded.get(i), found);
          }
        }
        return found;
      }

      private int search(Query query, Address address, int limit) {
        int found = limit;
        for (int level = 0; level < networks.levels(); level++) {
          Node child = networks.get(level, address);
          found = child == null ? found : child.first(query, found);
        }
        return found;
      }
    };
  }
}
