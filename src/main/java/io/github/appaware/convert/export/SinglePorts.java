package io.github.appaware.convert.export;

import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import java.util.ArrayList;
import java.util.List;

/** The ports of a rule, one by one, for tools that know no ranges. */
final class SinglePorts {
  /** A longer list is no list that a person reads. */
  private static final int MOST = 32;

  private SinglePorts() {}

  /** The ports; null, with a remark, where they are too many. Empty for any port. */
  static List<Integer> of(Rule rule, Export export) {
    List<Integer> ports = new ArrayList<>();
    for (PortRange range : rule.ports()) {
      if (range.equals(PortRange.EPHEMERAL)) {
        export.differ(rule, "the ports that the system chooses are left out");
        continue;
      }
      if (ports.size() + range.high() - range.low() >= MOST) {
        export.lose(rule, "it has more than " + MOST + " ports, and the tool knows no ranges");
        return null;
      }
      for (int port = range.low(); port <= range.high(); port++) {
        ports.add(port);
      }
    }
    return ports;
  }
}
