package io.github.appaware.policy.engine;

import io.github.appaware.policy.model.PortRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Divides rules by {@code port} or {@code local-port}. */
final class PortSplit implements Split {
  /** All ports, and one more place for those that the system chose. */
  private static final int PORTS = PortRange.EPHEMERAL.high() + 1;

  /** Rules with wider ranges are always found: they would have too many places in the index. */
  private static final int WIDEST = 256;

  private final boolean local;

  PortSplit(boolean local) {
    this.local = local;
  }

  boolean isLocal() {
    return local;
  }

  @Override
  public Collection<?> keys(CompiledRule compiledRule) {
    List<PortRange> ranges = local ? compiledRule.rule().localPorts() : compiledRule.rule().ports();
    if (ranges.isEmpty()) {
      return null;
    }
    int count = 0;
    PortSet set = new PortSet(ranges);
    for (int i = 0; i < set.size(); i++) {
      count += set.high(i) - set.low(i) + 1;
    }
    if (count > WIDEST) {
      return null;
    }
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      for (int port = set.low(i); port <= set.high(i); port++) {
        ports.add(port);
      }
    }
    return ports;
  }

  @Override
  public Node node(Node always, Map<Object, Node> children) {
    int[] ports = children.keySet().stream().mapToInt(port -> (Integer) port).sorted().toArray();
    Node[] byPort = Arrays.stream(ports).mapToObj(children::get).toArray(Node[]::new);
    short[] places = new short[ports.length > 64 ? PORTS : 0];
    for (int i = 0; i < ports.length && places.length > 0; i++) {
      places[ports[i]] = (short) (i + 1);
    }
    return new Node(Split.best(always, children)) {
      @Override
      int search(Query query, int limit) {
        int found = find(query, local ? query.localPort : query.port, always.first(query, limit));
        boolean ephemeral = local ? query.ephemeralLocal : query.ephemeral;
        return ephemeral ? find(query, PortRange.EPHEMERAL.low(), found) : found;
      }

      private int find(Query query, int port, int limit) {
        int at = places.length > 0 ? (places[port] & 0xffff) - 1 : Arrays.binarySearch(ports, port);
        return at < 0 ? limit : byPort[at].first(query, limit);
      }
    };
  }
}
