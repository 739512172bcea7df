package io.github.appaware.policy.explain;

import static io.github.appaware.policy.model.RuleKey.ADDRESS;
import static io.github.appaware.policy.model.RuleKey.EVENT;
import static io.github.appaware.policy.model.RuleKey.HOST;
import static io.github.appaware.policy.model.RuleKey.HOST_LIST;
import static io.github.appaware.policy.model.RuleKey.LOCAL_PORT;
import static io.github.appaware.policy.model.RuleKey.PATH;
import static io.github.appaware.policy.model.RuleKey.PEER;
import static io.github.appaware.policy.model.RuleKey.PORT;
import static io.github.appaware.policy.model.RuleKey.PROTOCOL;
import static io.github.appaware.policy.model.RuleKey.THROUGH;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.EmbeddedAddresses;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import java.util.List;

/** The part of a rule's plain reading that is about endpoints: hosts, addresses, ports, paths. */
final class EndpointEvaluation {
  /** The other form of the local address that is told as {@code 0.0.0.0}. */
  private static final Address WILDCARD6 = Address.of(new byte[16]);

  private EndpointEvaluation() {}

  /** The first key of the rule that excludes the event's endpoint, or null. */
  static RuleKey mismatch(Rule rule, Application app, Event event) {
    if (app.changesNames() && rule.action() == Action.ALLOW) {
      RuleKey name = first(rule, HOST, HOST_LIST);
      if (name != null) {
        return name; // a name that means what the process makes of it
      }
    }
    if (event instanceof Event.Inet inet) {
      return inet(rule, inet);
    }
    if (event instanceof Event.Unix unix) {
      return unix(rule, unix);
    }
    if (event instanceof Tunnel tunnel) {
      return tunnel(rule, tunnel);
    }
    if (event instanceof Event.Blind) {
      return EVENT; // no rule can name such an event
    }
    Event.Resolve resolve = (Event.Resolve) event;
    return resolve.host() != null
        ? forward(rule, resolve.host())
        : reverse(rule, resolve.address());
  }

  private static RuleKey inet(Rule rule, Event.Inet event) {
    RuleKey other = first(rule, PATH, THROUGH);
    if (other != null) {
      return other;
    }
    if (!isOver(rule, event.protocol())) {
      return PROTOCOL;
    }
    boolean isEveryLocal = isLocal(event.kind()) && event.address().isWildcard();
    if (!isTo(rule, event.address()) && !(isEveryLocal && isTo(rule, WILDCARD6))) {
      return ADDRESS;
    }
    List<String> names = names(rule, event);
    if (rule.has(HOST) && names.stream().noneMatch(name -> isNamed(rule, name))) {
      return HOST;
    }
    if (rule.has(HOST_LIST) && names.stream().noneMatch(name -> isListed(rule, name))) {
      return HOST_LIST;
    }
    if (rule.has(LOCAL_PORT)
        && !(isIncoming(event.kind())
            && isAmong(rule.localPorts(), event.localPort(), event.ephemeral()))) {
      return LOCAL_PORT;
    }
    // Of accept and receive, the port that the system chose is the local one.
    boolean ephemeral = event.ephemeral() && !isIncoming(event.kind());
    return isAmong(rule.ports(), event.port(), ephemeral) ? null : PORT;
  }

  /**
   * The names that the rule's host can match: the one that was asked for, or else the known names.
   * Of those one is enough, even for an allowance: resolving a denied name is itself denied, so
   * that it is never known. But many names lead to the loopback address, by which one name must not
   * deny another. Bind and listen have a local address only, and a host is the name of a far end.
   */
  private static List<String> names(Rule rule, Event.Inet event) {
    if (isLocal(event.kind())) {
      return List.of();
    }
    if (event.host() != null) {
      return List.of(event.host());
    }
    boolean counts = rule.action() == Action.ALLOW || !event.address().isLoopback();
    return counts ? event.names() : List.of();
  }

  /**
   * The same keys as for a direct connect, of what is known: a rule about addresses is not about a
   * name that the proxy looks up, and one about hosts or ports not about an unknown target.
   */
  private static RuleKey tunnel(Rule rule, Tunnel event) {
    RuleKey other = first(rule, PATH, LOCAL_PORT);
    if (other != null) {
      return other;
    }
    if (!isOver(rule, Protocol.TCP)) {
      return PROTOCOL;
    }
    if (rule.has(ADDRESS) && (event.address() == null || !isTo(rule, event.address()))) {
      return ADDRESS;
    }
    List<String> names = names(rule, event);
    if (rule.has(HOST) && names.stream().noneMatch(name -> isNamed(rule, name))) {
      return HOST;
    }
    if (rule.has(HOST_LIST) && names.stream().noneMatch(name -> isListed(rule, name))) {
      return HOST_LIST;
    }
    if (rule.has(THROUGH)
        && rule.through().stream().noneMatch(proxy -> proxy.matches(event, rule.action()))) {
      return THROUGH;
    }
    if (event.isUnknown() && rule.has(PORT)) {
      return PORT;
    }
    return isAmong(rule.ports(), event.port(), false) ? null : PORT;
  }

  private static List<String> names(Rule rule, Tunnel event) {
    if (event.host() != null) {
      return List.of(event.host());
    }
    boolean counts =
        event.address() != null && (rule.action() == Action.ALLOW || !event.address().isLoopback());
    return counts ? event.names() : List.of();
  }

  private static boolean isLocal(EventKind kind) {
    return kind == EventKind.BIND || kind == EventKind.LISTEN;
  }

  private static boolean isIncoming(EventKind kind) {
    return kind == EventKind.ACCEPT || kind == EventKind.RECEIVE;
  }

  /**
   * A symbolic link must neither evade a denial nor widen an allowance: a denial counts for both
   * names of the socket, an allowance for the file that the link leads to.
   */
  private static RuleKey unix(Rule rule, Event.Unix event) {
    RuleKey internet = first(rule, HOST, HOST_LIST, ADDRESS, LOCAL_PORT, PORT, THROUGH);
    if (internet != null) {
      return internet;
    }
    if (!isOver(rule, Protocol.UNIX)) {
      return PROTOCOL;
    }
    boolean matches =
        !rule.has(PATH)
            || isAny(rule.paths(), event.path())
            || (rule.action() != Action.ALLOW && isAny(rule.paths(), event.given()));
    return matches ? null : PATH;
  }

  /**
   * A look-up of a name has neither address nor port nor protocol yet. An allow rule narrowed by
   * one of these must still let the name be looked up, or it could never be used. A deny or ask
   * rule so narrowed leaves the look-up alone, or denying {@code example.com} port 25 would deny
   * all of {@code example.com}; unless its {@code event} says {@code resolve} itself.
   */
  private static RuleKey forward(Rule rule, String host) {
    RuleKey narrower = first(rule, ADDRESS, LOCAL_PORT, PORT, PROTOCOL, PEER, THROUGH);
    if (!rule.has(HOST) && !rule.has(HOST_LIST)) {
      return narrower != null ? narrower : first(rule, PATH);
    }
    if (narrower != null && rule.action() != Action.ALLOW && !rule.has(EVENT)) {
      return narrower;
    }
    if (rule.has(HOST) && !isNamed(rule, host)) {
      return HOST;
    }
    return !rule.has(HOST_LIST) || isListed(rule, host) ? null : HOST_LIST;
  }

  private static RuleKey reverse(Rule rule, Address address) {
    RuleKey other = first(rule, HOST, HOST_LIST, LOCAL_PORT, PORT, PROTOCOL, PATH, PEER, THROUGH);
    if (other != null) {
      return other;
    }
    return isTo(rule, address) ? null : ADDRESS;
  }

  /** The first of these keys that the rule has, or null. */
  private static RuleKey first(Rule rule, RuleKey... keys) {
    for (RuleKey key : keys) {
      if (rule.has(key)) {
        return key;
      }
    }
    return null;
  }

  private static boolean isOver(Rule rule, Protocol protocol) {
    return !rule.has(PROTOCOL) || rule.protocols().contains(protocol);
  }

  private static boolean isNamed(Rule rule, String host) {
    return rule.hosts().stream().anyMatch(pattern -> pattern.matches(host));
  }

  private static boolean isListed(Rule rule, String host) {
    return rule.hostLists().stream().anyMatch(list -> list.contains(host));
  }

  /**
   * An IPv4 address written into an IPv6 address must neither evade a denial nor widen an
   * allowance.
   */
  private static boolean isTo(Rule rule, Address address) {
    return rule.addresses().isEmpty()
        || isIn(rule.addresses(), address)
        || (rule.action() != Action.ALLOW
            && EmbeddedAddresses.of(address).stream()
                .anyMatch(inner -> isIn(rule.addresses(), inner)));
  }

  private static boolean isIn(List<AddressPattern> patterns, Address address) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(address));
  }

  private static boolean isAmong(List<PortRange> ranges, int port, boolean ephemeral) {
    return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(port, ephemeral));
  }

  private static boolean isAny(List<Glob> globs, String text) {
    return globs.stream().anyMatch(glob -> glob.matches(text));
  }
}
