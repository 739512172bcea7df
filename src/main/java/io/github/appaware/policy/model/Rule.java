package io.github.appaware.policy.model;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One {@code [[rule]]}. An empty collection stands for an absent key, which matches everything.
 *
 * @param id the rule's id, or empty
 * @param action the action for events that match
 * @param apps ids of applications
 * @param parents globs over the id or file name of the application that started the application
 * @param users globs over the name of the user that the application runs as
 * @param machines globs over the name of the machine that the application runs on
 * @param groups groups, of which the application must be in at least one
 * @param events kinds of events
 * @param hosts names of the far end
 * @param hostLists lists of names of the far end
 * @param addresses addresses of the far end, or of the local end for bind and listen
 * @param ports ports of the same end as the address
 * @param localPorts local ports of accept and receive
 * @param protocols transports
 * @param paths paths of Unix-domain sockets
 * @param peers the process at the other end, where the event does not leave the machine
 * @param through proxies that the event goes through
 * @param origins patterns of code, one of which must match a frame of the stack
 * @param priority -1000 to 1000; higher wins
 * @param expires the instant from which on the rule no longer counts; null for never
 * @param note the user's own words, or empty
 * @param file the policy file, as the user named it
 * @param line the line of the {@code [[rule]]} header, from 1
 * @param column where on the line it begins, from 1
 */
public record Rule(
    String id,
    Action action,
    List<String> apps,
    List<Glob> parents,
    List<Glob> users,
    List<Glob> machines,
    List<Group> groups,
    Set<EventKind> events,
    List<HostPattern> hosts,
    List<HostList> hostLists,
    List<AddressPattern> addresses,
    List<PortRange> ports,
    List<PortRange> localPorts,
    Set<Protocol> protocols,
    List<Glob> paths,
    List<PeerPattern> peers,
    List<ProxyPattern> through,
    List<OriginPattern> origins,
    int priority,
    Instant expires,
    String note,
    String file,
    int line,
    int column) {
  public Rule {
    apps = List.copyOf(apps);
    parents = List.copyOf(parents);
    users = List.copyOf(users);
    machines = List.copyOf(machines);
    groups = List.copyOf(groups);
    events = copy(events, EventKind.class);
    hosts = List.copyOf(hosts);
    hostLists = List.copyOf(hostLists);
    addresses = List.copyOf(addresses);
    ports = List.copyOf(ports);
    localPorts = List.copyOf(localPorts);
    protocols = copy(protocols, Protocol.class);
    paths = List.copyOf(paths);
    peers = List.copyOf(peers);
    through = List.copyOf(through);
    origins = List.copyOf(origins);
  }

  /** Where it stands: {@code policy.toml:12}. */
  public String at() {
    return file + ":" + line;
  }

  /** The values of a key; none where the rule does not have it. */
  public Collection<?> values(RuleKey key) {
    return switch (key) {
      case ID -> id.isEmpty() ? List.of() : List.of(id);
      case ACTION -> List.of(action);
      case APP -> apps;
      case PARENT -> parents;
      case USER -> users;
      case MACHINE -> machines;
      case GROUP -> groups;
      case EVENT -> events;
      case HOST -> hosts;
      case HOST_LIST -> hostLists;
      case ADDRESS -> addresses;
      case PORT -> ports;
      case LOCAL_PORT -> localPorts;
      case PROTOCOL -> protocols;
      case PATH -> paths;
      case PEER -> peers;
      case THROUGH -> through;
      case ORIGIN -> origins;
      case PRIORITY -> priority == 0 ? List.of() : List.of(priority);
      case EXPIRES -> expires == null ? List.of() : List.of(expires);
      case NOTE -> note.isEmpty() ? List.of() : List.of(note);
    };
  }

  /** Whether the rule has the key with a value other than its default. */
  public boolean has(RuleKey key) {
    return !values(key).isEmpty();
  }

  /** The same rule without one of its keys, other than {@link RuleKey#ACTION}. */
  public Rule without(RuleKey key) {
    return new RuleBuilder(this).clear(key).build();
  }

  /** The same rule with the groups that its ids stand for. */
  public Rule withGroups(List<Group> known) {
    return new RuleBuilder(this).groups(known).build();
  }

  /** An enum set tests one bit, and iterates in a stable order. */
  private static <E extends Enum<E>> Set<E> copy(Collection<E> constants, Class<E> type) {
    if (constants.isEmpty()) {
      return Set.of(); // most rules name none: no object for each
    }
    EnumSet<E> copy = EnumSet.noneOf(type);
    copy.addAll(constants);
    return Collections.unmodifiableSet(copy);
  }
}
