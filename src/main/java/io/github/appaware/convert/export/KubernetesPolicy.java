package io.github.appaware.convert.export;

import static io.github.appaware.convert.export.Tree.map;

import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AddressPattern.Network;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A NetworkPolicy of Kubernetes for the pods with the label {@code app: NAME}. It knows addresses
 * alone; a network that the policy denies inside one that it allows is an exception of it.
 */
public final class KubernetesPolicy implements Exporter {
  private static final Set<Egress.Ability> ABILITIES =
      EnumSet.of(Egress.Ability.DENY_ADDRESSES, Egress.Ability.ADDRESSES);
  private static final List<Network> ANY = Networks.of("any");

  @Override
  public Export export(Policy policy, String name, Instant now) {
    Export export = new Export();
    Egress egress = Egress.of(policy, now, ABILITIES, export);
    List<Object> rules = new ArrayList<>();
    if (egress.looksUp()) {
      rules.add(lookUps());
      export.remark(Export.Kind.INEXACT, "it lets every name be looked up");
    }
    List<Rule> denies = new ArrayList<>();
    for (Rule deny : egress.denies()) {
      if (deny.ports().isEmpty() && deny.protocols().isEmpty()) {
        denies.add(deny);
      } else {
        export.lose(deny, "it denies some ports of addresses alone; exceptions have no ports");
      }
    }
    for (Rule rule : egress.allows()) {
      if (!rule.hosts().isEmpty()) {
        export.lose(rule, "it allows names; a NetworkPolicy takes addresses (see `--to cilium`)");
      } else if (Networks.areWithin(rule.addresses(), Networks.LOOPBACK)
          && !rule.addresses().isEmpty()) {
        export.pass(rule, "is about this machine");
      } else {
        Map<String, Object> out = map("to", blocks(rule, denies));
        List<Object> ports = ports(rule, export);
        if (!ports.isEmpty()) {
          out.put("ports", ports);
        }
        rules.add(out);
      }
    }
    Map<String, Object> spec =
        map(
            "podSelector", map("matchLabels", map("app", name)),
            "policyTypes", List.of("Egress"),
            "egress", rules);
    export.document(
        "",
        Tree.yaml(
            map(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "NetworkPolicy",
                "metadata",
                map("name", name),
                "spec",
                spec)));
    return export;
  }

  private static Map<String, Object> lookUps() {
    Map<String, Object> service =
        map(
            "namespaceSelector",
            map("matchLabels", map("kubernetes.io/metadata.name", "kube-system")),
            "podSelector",
            map("matchLabels", map("k8s-app", "kube-dns")));
    List<Object> ports =
        List.of(map("protocol", "UDP", "port", 53), map("protocol", "TCP", "port", 53));
    return map("to", List.of(service), "ports", ports);
  }

  private static List<Object> blocks(Rule rule, List<Rule> denies) {
    List<Network> networks = rule.addresses().isEmpty() ? ANY : Networks.of(rule.addresses());
    List<Object> blocks = new ArrayList<>();
    for (Network network : networks) {
      List<String> exceptions = new ArrayList<>();
      boolean denied = false;
      for (Rule deny : denies) {
        for (Network each : Networks.of(deny.addresses())) {
          boolean counts = deny.priority() >= rule.priority();
          denied |= counts && Networks.isWithin(network, each);
          if (counts && Networks.isWithin(each, network)) {
            exceptions.add(Networks.cidr(each));
          }
        }
      }
      if (!denied) {
        Map<String, Object> block = map("cidr", Networks.cidr(network));
        if (!exceptions.isEmpty()) {
          block.put("except", exceptions.stream().distinct().toList());
        }
        blocks.add(map("ipBlock", block));
      }
    }
    return blocks;
  }

  private static List<Object> ports(Rule rule, Export export) {
    List<String> protocols =
        rule.protocols().isEmpty()
            ? List.of("TCP", "UDP", "SCTP")
            : rule.protocols().stream()
                .filter(protocol -> protocol != Protocol.UNIX)
                .map(Protocol::name)
                .toList();
    List<Object> ports = new ArrayList<>();
    for (PortRange range : rule.ports()) {
      if (range.equals(PortRange.EPHEMERAL) || range.low() == 0) {
        export.differ(rule, "port 0 and ports that the system chooses are left out");
        continue;
      }
      for (String protocol : protocols) {
        Map<String, Object> port = map("protocol", protocol, "port", range.low());
        if (range.high() > range.low()) {
          port.put("endPort", range.high());
        }
        ports.add(port);
      }
    }
    if (rule.ports().isEmpty() && !rule.protocols().isEmpty()) {
      protocols.forEach(protocol -> ports.add(map("protocol", protocol)));
    }
    return ports;
  }
}
