package io.github.appaware.convert.export;

import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AddressPattern.Network;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The network part of the settings of the sandbox fence ({@code fence.json}). Its proxies, for HTTP
 * and SOCKS, compare names alone, without a port; a denied name counts before an allowed one.
 */
public final class FenceSettings implements Exporter {
  private static final Set<Egress.Ability> ABILITIES =
      EnumSet.of(Egress.Ability.DENY_HOSTS, Egress.Ability.LISTENING, Egress.Ability.ADDRESSES);

  private static final String LOCALHOST = "localhost";

  @Override
  public Export export(Policy policy, String name, Instant now) {
    Export export = new Export();
    Egress egress = Egress.of(policy, now, ABILITIES, export);
    Set<String> allowed = new LinkedHashSet<>();
    boolean loopback = false;
    for (Rule rule : egress.allows()) {
      if (!rule.protocols().isEmpty() && !rule.protocols().contains(Protocol.TCP)) {
        export.lose(rule, "it is not about TCP");
        continue;
      }
      if (!rule.protocols().equals(Set.of(Protocol.TCP))) {
        export.differ(rule, "it is about TCP alone there");
      }
      if (!rule.hosts().isEmpty()) {
        allow(rule, egress, export, allowed);
        loopback |= rule.hosts().stream().anyMatch(host -> host.matches(LOCALHOST));
      } else if (rule.addresses().isEmpty()) {
        export.lose(rule, "it allows every host; the list takes names");
      } else if (Networks.areWithin(rule.addresses(), Networks.LOOPBACK)) {
        loopback = true;
        ports(rule, export);
      } else {
        addresses(rule, export, allowed);
      }
    }
    for (Rule rule : egress.listens()) {
      export.differ(rule, "it allows listening at any port there");
    }
    Set<String> denied = new LinkedHashSet<>();
    for (Rule rule : egress.denies()) {
      if (rule.ports().isEmpty()) {
        names(rule, rule.hosts(), export, denied);
      } else {
        export.lose(rule, "it denies some ports alone; the list knows no ports");
      }
    }
    Map<String, Object> network =
        Tree.map(
            "allowedDomains", List.copyOf(allowed),
            "deniedDomains", List.copyOf(denied),
            "allowLocalBinding", !egress.listens().isEmpty(),
            "allowLocalOutbound", loopback);
    export.document("", Tree.json(Tree.map("network", network)));
    return export;
  }

  private static void allow(Rule rule, Egress egress, Export export, Set<String> allowed) {
    if (!rule.addresses().isEmpty()) {
      export.differ(rule, "its addresses do not count there");
    }
    ports(rule, export);
    names(rule, egress.hosts(rule), export, allowed);
  }

  private static void ports(Rule rule, Export export) {
    if (!rule.ports().isEmpty()) {
      export.differ(rule, "it allows any port there");
    }
  }

  /** Fence refuses a name of one label other than localhost, and all names below one. */
  private static void names(Rule rule, List<HostPattern> hosts, Export export, Set<String> names) {
    for (HostPattern host : hosts) {
      if (host.name().indexOf('.') >= 0 || host.matches(LOCALHOST)) {
        names.add(host.toString());
      } else {
        export.lose(rule, "`" + host + "`: it takes no name of one label");
      }
    }
  }

  private static void addresses(Rule rule, Export export, Set<String> allowed) {
    for (Network network : Networks.of(rule.addresses())) {
      if (Networks.isSingle(network) && !Networks.isIpv6(network)) {
        allowed.add(network.toString());
        ports(rule, export);
        export.differ(rule, "names that lead to its addresses do not count there");
      } else {
        export.lose(rule, "`" + network + "`: it takes single IPv4 addresses");
      }
    }
  }
}
