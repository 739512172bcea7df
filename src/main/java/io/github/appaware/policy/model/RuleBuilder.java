package io.github.appaware.policy.model;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A rule in the making. At first it has an action and no other key, so it matches every event. */
public final class RuleBuilder {
  private final String file;
  private final int line;
  private final int column;
  private String id = "";
  private Action action;
  private List<String> apps = List.of();
  private List<Glob> parents = List.of();
  private List<Glob> users = List.of();
  private List<Glob> machines = List.of();
  private List<Group> groups = List.of();
  private Set<EventKind> events = Set.of();
  private List<HostPattern> hosts = List.of();
  private List<HostList> hostLists = List.of();
  private List<AddressPattern> addresses = List.of();
  private List<PortRange> ports = List.of();
  private List<PortRange> localPorts = List.of();
  private Set<Protocol> protocols = Set.of();
  private List<Glob> paths = List.of();
  private List<PeerPattern> peers = List.of();
  private List<ProxyPattern> through = List.of();
  private List<OriginPattern> origins = List.of();
  private int priority;
  private Instant expires;
  private String note = "";

  /** A rule whose {@code [[rule]]} header stands there. */
  public RuleBuilder(Action action, String file, int line, int column) {
    this.action = action;
    this.file = file;
    this.line = line;
    this.column = column;
  }

  /** A rule that is the same so far. */
  RuleBuilder(Rule rule) {
    this(rule.action(), rule.file(), rule.line(), rule.column());
    id = rule.id();
    apps = rule.apps();
    parents = rule.parents();
    users = rule.users();
    machines = rule.machines();
    groups = rule.groups();
    events = rule.events();
    hosts = rule.hosts();
    hostLists = rule.hostLists();
    addresses = rule.addresses();
    ports = rule.ports();
    localPorts = rule.localPorts();
    protocols = rule.protocols();
    paths = rule.paths();
    peers = rule.peers();
    through = rule.through();
    origins = rule.origins();
    priority = rule.priority();
    expires = rule.expires();
    note = rule.note();
  }

  public RuleBuilder id(String value) {
    id = value;
    return this;
  }

  public RuleBuilder action(Action value) {
    action = value;
    return this;
  }

  public RuleBuilder apps(List<String> value) {
    apps = value;
    return this;
  }

  public RuleBuilder parents(List<Glob> value) {
    parents = value;
    return this;
  }

  public RuleBuilder users(List<Glob> value) {
    users = value;
    return this;
  }

  public RuleBuilder machines(List<Glob> value) {
    machines = value;
    return this;
  }

  public RuleBuilder groups(List<Group> value) {
    groups = value;
    return this;
  }

  public RuleBuilder events(Set<EventKind> value) {
    events = value;
    return this;
  }

  public RuleBuilder hosts(List<HostPattern> value) {
    hosts = value;
    return this;
  }

  public RuleBuilder hostLists(List<HostList> value) {
    hostLists = value;
    return this;
  }

  public RuleBuilder addresses(List<AddressPattern> value) {
    addresses = value;
    return this;
  }

  public RuleBuilder ports(List<PortRange> value) {
    ports = value;
    return this;
  }

  public RuleBuilder localPorts(List<PortRange> value) {
    localPorts = value;
    return this;
  }

  public RuleBuilder protocols(Set<Protocol> value) {
    protocols = value;
    return this;
  }

  public RuleBuilder paths(List<Glob> value) {
    paths = value;
    return this;
  }

  public RuleBuilder peers(List<PeerPattern> value) {
    peers = value;
    return this;
  }

  public RuleBuilder through(List<ProxyPattern> value) {
    through = value;
    return this;
  }

  public RuleBuilder origins(List<OriginPattern> value) {
    origins = value;
    return this;
  }

  public RuleBuilder priority(int value) {
    priority = value;
    return this;
  }

  public RuleBuilder expires(Instant value) {
    expires = value;
    return this;
  }

  public RuleBuilder note(String value) {
    note = value;
    return this;
  }

  /** Without the key, which then matches everything; a rule is never without an action. */
  RuleBuilder clear(RuleKey key) {
    return switch (key) {
      case ID -> id("");
      case ACTION -> throw new IllegalArgumentException("a rule has an action");
      case APP -> apps(List.of());
      case PARENT -> parents(List.of());
      case USER -> users(List.of());
      case MACHINE -> machines(List.of());
      case GROUP -> groups(List.of());
      case EVENT -> events(Set.of());
      case HOST -> hosts(List.of());
      case HOST_LIST -> hostLists(List.of());
      case ADDRESS -> addresses(List.of());
      case PORT -> ports(List.of());
      case LOCAL_PORT -> localPorts(List.of());
      case PROTOCOL -> protocols(Set.of());
      case PATH -> paths(List.of());
      case PEER -> peers(List.of());
      case THROUGH -> through(List.of());
      case ORIGIN -> origins(List.of());
      case PRIORITY -> priority(0);
      case EXPIRES -> expires(null);
      case NOTE -> note("");
    };
  }

  public Rule build() {
    return new Rule(
        id,
        action,
        apps,
        parents,
        users,
        machines,
        groups,
        events,
        hosts,
        hostLists,
        addresses,
        ports,
        localPorts,
        protocols,
        paths,
        peers,
        through,
        origins,
        priority,
        expires,
        note,
        file,
        line,
        column);
  }
}
