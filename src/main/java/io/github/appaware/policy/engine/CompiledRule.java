package io.github.appaware.policy.engine;

import io.github.appaware.event.Address;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.HostList;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.OriginPattern;
import io.github.appaware.policy.model.PeerPattern;
import io.github.appaware.policy.model.ProxyPattern;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One rule, compiled: answers in a time that does not depend on how many hosts, addresses, ports or
 * applications it names, and allocates nothing. Must come to the same result as {@code
 * policy.explain.RuleEvaluation}.
 */
final class CompiledRule {
  /** Fewer are as fast one after the other. */
  private static final int FEW = 4;

  private final Rule rule;
  private final int shapes;
  private final Instant expires;

  /** Null where the rule has few, which are then tried one after the other. */
  private final Set<String> manyApps;

  /** Ids, each once. */
  private final List<String> groups;

  private final NameMap<Boolean> manyHosts;
  private final NetworkMap<Boolean> manyAddresses;
  private final PortSet ports;
  private final PortSet localPorts;

  CompiledRule(Rule rule) {
    this.rule = rule;
    this.shapes = EventShape.of(rule);
    this.expires = rule.expires();
    this.manyApps = rule.apps().size() > FEW ? Set.copyOf(rule.apps()) : null;
    this.groups = rule.groups().stream().map(Group::id).distinct().toList();
    this.manyHosts = rule.hosts().size() > FEW ? names(rule.hosts()) : null;
    this.manyAddresses = networks(rule.addresses());
    this.ports = rule.ports().isEmpty() ? null : new PortSet(rule.ports());
    this.localPorts = rule.localPorts().isEmpty() ? null : new PortSet(rule.localPorts());
  }

  private static NameMap<Boolean> names(List<HostPattern> hosts) {
    NameMap<Boolean> map = new NameMap<>();
    hosts.forEach(host -> map.put(host, true));
    return map;
  }

  private static NetworkMap<Boolean> networks(List<AddressPattern> addresses) {
    int count = 0;
    for (AddressPattern pattern : addresses) {
      count += pattern.networks().size();
    }
    if (count <= FEW) {
      return null;
    }
    NetworkMap<Boolean> map = new NetworkMap<>();
    addresses.forEach(pattern -> pattern.networks().forEach(network -> map.put(network, true)));
    return map;
  }

  Rule rule() {
    return rule;
  }

  List<String> groups() {
    return groups;
  }

  int shapes() {
    return shapes;
  }

  /** About how many values it has. */
  int values() {
    return 20
        + rule.apps().size()
        + groups.size()
        + rule.hosts().size()
        + 2 * rule.addresses().size()
        + 16 * (rule.ports().size() + rule.localPorts().size())
        + rule.paths().size()
        + rule.peers().size()
        + rule.through().size()
        + rule.origins().size();
  }

  boolean matches(Query query) {
    return (shapes & query.shape) != 0
        && (expires == null || query.now.isBefore(expires))
        && isOneOf(query.app.id())
        && isKnownTo(rule.parents(), query.app.parent())
        && isKnownTo(rule.users(), query.app.user())
        && isKnownTo(rule.machines(), query.machine)
        && isInGroup(query)
        && matchesNames(query)
        && (query.address == null || matchesAddress(query))
        && (query.tunnel == null || matchesTunnel(query.tunnel))
        && (query.path == null || matchesPath(query))
        && (query.isAnyPeer() || matchesPeer(query))
        && (query.protocol == null || matchesTransport(query))
        && (query.isAnyOrigin() || matchesOrigin(query));
  }

  private boolean matchesTransport(Query query) {
    return (rule.protocols().isEmpty() || rule.protocols().contains(query.protocol))
        && (localPorts == null || localPorts.contains(query.localPort, query.ephemeralLocal))
        && (ports == null || query.isAnyPort() || ports.contains(query.port, query.ephemeral));
  }

  private boolean isOneOf(String app) {
    if (manyApps != null) {
      return manyApps.contains(app);
    }
    List<String> apps = rule.apps();
    for (int i = 0; i < apps.size(); i++) {
      if (apps.get(i).equals(app)) {
        return true;
      }
    }
    return apps.isEmpty();
  }

  private boolean isInGroup(Query query) {
    for (int i = 0; i < groups.size(); i++) {
      if (query.groups.contains(groups.get(i))) {
        return true;
      }
    }
    return groups.isEmpty();
  }

  private static boolean isKnownTo(List<Glob> globs, String name) {
    return globs.isEmpty() || (!name.isEmpty() && isAny(globs, name));
  }

  private static boolean isAny(List<Glob> globs, String text) {
    for (int i = 0; i < globs.size(); i++) {
      if (globs.get(i).matches(text)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesNames(Query query) {
    return (rule.hosts().isEmpty() || isNamed(query))
        && (rule.hostLists().isEmpty() || isListed(query));
  }

  private boolean isNamed(Query query) {
    int count = query.hostCount(rule.action());
    for (int i = 0; i < count; i++) {
      String host = query.host(i);
      if (manyHosts != null ? manyHosts.isAny(host) : isAnyOfFew(host)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAnyOfFew(String host) {
    List<HostPattern> hosts = rule.hosts();
    for (int i = 0; i < hosts.size(); i++) {
      if (hosts.get(i).matches(host)) {
        return true;
      }
    }
    return false;
  }

  private boolean isListed(Query query) {
    List<HostList> lists = rule.hostLists();
    int count = query.hostCount(rule.action());
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < lists.size(); j++) {
        if (lists.get(j).contains(query.host(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean matchesAddress(Query query) {
    if (matchesAddress(query.address)
        || (query.otherForm != null && matchesAddress(query.otherForm))) {
      return true;
    }
    if (rule.action() != Action.ALLOW) {
      for (int i = 0; i < query.embedded.size(); i++) {
        if (matchesAddress(query.embedded.get(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean matchesAddress(Address address) {
    if (manyAddresses != null) {
      return manyAddresses.isAny(address);
    }
    List<AddressPattern> addresses = rule.addresses();
    for (int i = 0; i < addresses.size(); i++) {
      if (addresses.get(i).matches(address)) {
        return true;
      }
    }
    return addresses.isEmpty();
  }

  /** What a rule says of addresses and ports holds for those that are known. */
  private boolean matchesTunnel(Tunnel tunnel) {
    if ((tunnel.address() == null && !rule.addresses().isEmpty())
        || (tunnel.isUnknown() && ports != null)) {
      return false;
    }
    List<ProxyPattern> through = rule.through();
    for (int i = 0; i < through.size(); i++) {
      if (through.get(i).matches(tunnel, rule.action())) {
        return true;
      }
    }
    return through.isEmpty();
  }

  private boolean matchesPath(Query query) {
    return rule.paths().isEmpty()
        || isAny(rule.paths(), query.path)
        || (rule.action() != Action.ALLOW && isAny(rule.paths(), query.given));
  }

  private boolean matchesPeer(Query query) {
    List<PeerPattern> peers = rule.peers();
    for (int i = 0; i < peers.size(); i++) {
      if (peers.get(i).matches(query.peer, rule.action())) {
        return true;
      }
    }
    return peers.isEmpty() || query.shape == EventShape.FORWARD;
  }

  private boolean matchesOrigin(Query query) {
    List<OriginPattern> origins = rule.origins();
    for (int i = 0; i < origins.size(); i++) {
      if (origins.get(i).matches(query.origin)) {
        return true;
      }
    }
    return origins.isEmpty();
  }
}
