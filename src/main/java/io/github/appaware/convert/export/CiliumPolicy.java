package io.github.appaware.convert.export;

import static io.github.appaware.convert.export.Tree.map;

import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AddressPattern.Network;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A CiliumNetworkPolicy for the pods with the label {@code app: NAME}: names by {@code toFQDNs}, as
 * Cilium's DNS proxy sees them looked up, addresses by {@code toCIDR}. It denies addresses, not
 * names.
 */
public final class CiliumPolicy implements Exporter {
  private static final Set<Egress.Ability> ABILITIES =
      EnumSet.of(Egress.Ability.DENY_ADDRESSES, Egress.Ability.ADDRESSES);

  /** What a list of ports may have in the resource's definition. */
  private static final int MOST_PORTS = 40;

  private static final String CLUSTER = "cluster.local";

  @Override
  public Export export(Policy policy, String name, Instant now) {
    Export export = new Export();
    Egress egress = Egress.of(policy, now, ABILITIES, export);
    List<Object> allowed = new ArrayList<>();
    if (egress.looksUp()) {
      allowed.add(lookUps());
      export.remark(Export.Kind.INEXACT, "it lets every name be looked up");
    }
    for (Rule rule : egress.allows()) {
      if (rule.hosts().isEmpty()) {
        addresses(rule, export, allowed);
      } else {
        names(rule, egress.hosts(rule), export, allowed);
      }
    }
    List<Object> denied = new ArrayList<>();
    egress.denies().forEach(rule -> addresses(rule, export, denied));
    Map<String, Object> spec =
        map("endpointSelector", map("matchLabels", map("app", name)), "egress", allowed);
    if (!denied.isEmpty()) {
      spec.put("egressDeny", denied);
    }
    export.document(
        "",
        Tree.yaml(
            map(
                "apiVersion",
                "cilium.io/v2",
                "kind",
                "CiliumNetworkPolicy",
                "metadata",
                map("name", name),
                "spec",
                spec)));
    return export;
  }

  /** To the cluster's name service, through the proxy that learns addresses from the answers. */
  private static Map<String, Object> lookUps() {
    Map<String, Object> service =
        map("k8s:io.kubernetes.pod.namespace", "kube-system", "k8s:k8s-app", "kube-dns");
    Map<String, Object> ports =
        map(
            "ports",
            List.of(map("port", "53", "protocol", "ANY")),
            "rules",
            map("dns", List.of(map("matchPattern", "*"))));
    return map("toEndpoints", List.of(map("matchLabels", service)), "toPorts", List.of(ports));
  }

  private static void names(Rule rule, List<HostPattern> hosts, Export export, List<Object> rules) {
    List<Object> names = new ArrayList<>();
    for (HostPattern host : hosts) {
      if (host.name().indexOf('.') < 0 || host.name().endsWith(CLUSTER)) {
        export.differ(
            rule,
            "names of the cluster's own services are not found by `toFQDNs`: add `toServices`");
      }
      if (host.below()) {
        names.add(map("matchPattern", "**." + host.name()));
        export.differ(rule, "`**.name` means one label in Cilium before 1.20");
      } else {
        names.add(map("matchName", host.name()));
      }
    }
    if (!rule.addresses().isEmpty()) {
      export.differ(rule, "its addresses do not count there");
    }
    if (!names.isEmpty()) {
      rules.add(withPorts(map("toFQDNs", names), rule, export));
    }
  }

  private static void addresses(Rule rule, Export export, List<Object> rules) {
    if (rule.addresses().isEmpty()) {
      rules.add(withPorts(map("toEntities", List.of("all")), rule, export));
    } else if (Networks.areWithin(rule.addresses(), Networks.LOOPBACK)) {
      export.pass(rule, "is about this machine");
    } else {
      List<Network> networks = Networks.of(rule.addresses());
      rules.add(
          withPorts(map("toCIDR", networks.stream().map(Networks::cidr).toList()), rule, export));
    }
  }

  private static Map<String, Object> withPorts(
      Map<String, Object> rule, Rule source, Export export) {
    List<Object> ports = new ArrayList<>();
    for (PortRange range : source.ports()) {
      if (range.equals(PortRange.EPHEMERAL) || range.low() == 0) {
        export.differ(source, "port 0 and ports that the system chooses are left out");
        continue;
      }
      for (String protocol : protocols(source)) {
        Map<String, Object> port = map("port", Integer.toString(range.low()));
        if (range.high() > range.low()) {
          port.put("endPort", range.high());
        }
        port.put("protocol", protocol);
        ports.add(port);
      }
    }
    if (source.ports().isEmpty() && !source.protocols().isEmpty()) {
      for (String protocol : protocols(source)) {
        ports.add(map("port", "0", "protocol", protocol)); // 0 stands for every port
      }
    }
    if (!ports.isEmpty()) {
      List<Object> parts = new ArrayList<>();
      for (int i = 0; i < ports.size(); i += MOST_PORTS) {
        parts.add(
            map("ports", List.copyOf(ports.subList(i, Math.min(ports.size(), i + MOST_PORTS)))));
      }
      rule.put("toPorts", parts);
    }
    return rule;
  }

  private static List<String> protocols(Rule rule) {
    return rule.protocols().isEmpty()
        ? List.of("ANY")
        : rule.protocols().stream()
            .filter(protocol -> protocol != Protocol.UNIX)
            .map(Protocol::name)
            .toList();
  }
}
