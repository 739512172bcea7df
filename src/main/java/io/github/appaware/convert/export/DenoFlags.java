package io.github.appaware.convert.export;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AddressPattern.Network;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The permissions {@code --allow-net} and {@code --deny-net} of Deno. Deno compares what the
 * program wrote, a name or an address, with a port, for connecting and listening alike; a denial
 * always counts.
 */
public final class DenoFlags implements Exporter {
  private static final Set<Egress.Ability> ABILITIES =
      EnumSet.of(
          Egress.Ability.DENY_HOSTS,
          Egress.Ability.DENY_ADDRESSES,
          Egress.Ability.LISTENING,
          Egress.Ability.ADDRESSES);

  private static final List<Network> ANY_LOCAL = Networks.of("0.0.0.0", "127.0.0.1");

  @Override
  public Export export(Policy policy, String name, Instant now) {
    Export export = new Export();
    Egress egress = Egress.of(policy, now, ABILITIES, export);
    Set<String> allowed = new LinkedHashSet<>();
    boolean all = false;
    for (Rule rule : egress.allows()) {
      if (!rule.hosts().isEmpty() || !rule.addresses().isEmpty()) {
        entries(rule, egress.hosts(rule), export, allowed);
      } else if (rule.ports().isEmpty()) {
        all = true;
        if (!rule.events().isEmpty() && !rule.events().contains(EventKind.LISTEN)) {
          export.differ(rule, "it allows listening as well there");
        }
      } else {
        export.lose(rule, "it allows every host at some ports; Deno has no way to say it");
      }
    }
    for (Rule rule : egress.listens()) {
      listen(rule, export, allowed);
    }
    Set<String> denied = new LinkedHashSet<>();
    egress.denies().forEach(rule -> entries(rule, rule.hosts(), export, denied));
    StringBuilder text = new StringBuilder();
    if (all) {
      text.append("--allow-net\n");
    } else if (!allowed.isEmpty()) {
      text.append("--allow-net=").append(String.join(",", allowed)).append('\n');
    }
    if (!denied.isEmpty()) {
      text.append("--deny-net=").append(String.join(",", denied)).append('\n');
    }
    export.document("", text.toString());
    return export;
  }

  /** Of a rule that lets something out, or denies it. */
  private static void entries(
      Rule rule, List<HostPattern> hosts, Export export, Set<String> entries) {
    List<Integer> ports = SinglePorts.of(rule, export);
    if (ports == null) {
      return;
    }
    if (!rule.protocols().isEmpty()
        && !rule.protocols().containsAll(EnumSet.of(Protocol.TCP, Protocol.UDP))) {
      export.differ(rule, "TCP and UDP are alike there");
    }
    if (!rule.hosts().isEmpty() && !rule.addresses().isEmpty()) {
      export.differ(rule, "its addresses do not count there");
    }
    for (HostPattern host : hosts) {
      if (host.below()) {
        export.differ(rule, "`*.name` includes the name itself there");
      }
      add(entries, host.toString(), ports);
    }
    if (rule.hosts().isEmpty()) {
      List<Network> networks = Networks.of(rule.addresses());
      networks.forEach(network -> add(entries, bracketed(network), ports));
      if (!Networks.areWithin(rule.addresses(), Networks.LOOPBACK)) {
        export.differ(rule, "names that lead to its addresses do not count there");
      }
    }
  }

  private static void listen(Rule rule, Export export, Set<String> entries) {
    List<Integer> ports = SinglePorts.of(rule, export);
    boolean accepts =
        !rule.events().contains(EventKind.BIND) && !rule.events().contains(EventKind.LISTEN);
    if (accepts) {
      export.pass(rule, "is about peers");
    } else if (ports != null) {
      List<Network> networks =
          rule.addresses().isEmpty() ? ANY_LOCAL : Networks.of(rule.addresses());
      networks.forEach(network -> add(entries, bracketed(network), ports));
      export.differ(rule, "it allows connecting to the same address as well there");
    }
  }

  private static String bracketed(Network network) {
    return Networks.isIpv6(network) && Networks.isSingle(network)
        ? "[" + network + "]"
        : network.toString();
  }

  private static void add(Set<String> entries, String host, List<Integer> ports) {
    if (ports.isEmpty()) {
      entries.add(host);
    }
    ports.forEach(port -> entries.add(host + ":" + port));
  }
}
