package io.github.appaware.policy.explain;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Engine;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.List;

/**
 * Whether one rule is about one event: the plain reading of the rule, key by key, for explaining.
 * Deciding has an {@link Engine} that must come to the same.
 */
public final class RuleEvaluation {
  /** No key says otherwise: the rule matches. */
  static final String MATCHES = "";

  private RuleEvaluation() {}

  /**
   * The key because of which the rule does not match, or {@link #MATCHES}. Is {@code port} only if
   * all other keys but {@code origin} match, and {@code origin} only if all others do.
   *
   * @param event with its names in normal form
   */
  public static String mismatch(
      Rule rule, Application app, Event event, Origin origin, Instant now) {
    if (rule.expires() != null && !now.isBefore(rule.expires())) {
      return "expires";
    }
    if (!rule.apps().isEmpty() && !rule.apps().contains(app.id())) {
      return "app";
    }
    if (!isKnownTo(rule.parents(), app.parent())) {
      return "parent";
    }
    if (!isKnownTo(rule.users(), app.user())) {
      return "user";
    }
    if (!isKnownTo(rule.machines(), Glob.normalMachine(app.machine()))) {
      return "machine";
    }
    if (!rule.groups().isEmpty() && rule.groups().stream().noneMatch(group -> group.has(app))) {
      return "group";
    }
    if (!rule.events().isEmpty() && !rule.events().contains(event.kind())) {
      return "event";
    }
    String key = endpoint(rule, event);
    if (!key.equals(MATCHES)) {
      return key;
    }
    boolean caused = rule.origins().stream().anyMatch(pattern -> pattern.matches(origin));
    return rule.origins().isEmpty() || caused ? MATCHES : "origin";
  }

  public static boolean matches(
      Rule rule, Application app, Event event, Origin origin, Instant now) {
    return mismatch(rule, app, event, origin, now).equals(MATCHES);
  }

  /** What is not known, or does not exist, is matched by no pattern. */
  private static boolean isKnownTo(List<Glob> globs, String name) {
    return globs.isEmpty() || (!name.isEmpty() && isAny(globs, name));
  }

  private static String endpoint(Rule rule, Event event) {
    if (event instanceof Event.Inet inet) {
      return inet(rule, inet);
    }
    if (event instanceof Event.Unix unix) {
      return unix(rule, unix);
    }
    if (event instanceof Event.Blind) {
      return "event"; // the policy has no words for it
    }
    Event.Resolve resolve = (Event.Resolve) event;
    return resolve.host() != null
        ? forward(rule, resolve.host())
        : reverse(rule, resolve.address());
  }

  private static String inet(Rule rule, Event.Inet event) {
    if (!rule.paths().isEmpty()) {
      return "path";
    }
    if (!isOver(rule, event.protocol())) {
      return "protocol";
    }
    if (!isTo(rule.addresses(), event.address())) {
      return "address";
    }
    // One matching name is enough. An application can't put an allowed name in front of a denied
    // one to get through: resolving a denied name is itself denied, so it never enters the list.
    // Bind and listen have a local address only, and a host is the name of a far end.
    List<String> names = isLocal(event.kind()) ? List.of() : event.hosts();
    if (!rule.hosts().isEmpty() && names.stream().noneMatch(name -> isNamed(rule, name))) {
      return "host";
    }
    if (!rule.hostLists().isEmpty() && names.stream().noneMatch(name -> isListed(rule, name))) {
      return "host-list";
    }
    if (!rule.localPorts().isEmpty()
        && !(isIncoming(event.kind()) && isAmong(rule.localPorts(), event.localPort()))) {
      return "local-port";
    }
    return isAmong(rule.ports(), event.port()) ? MATCHES : "port";
  }

  private static boolean isLocal(EventKind kind) {
    return kind == EventKind.BIND || kind == EventKind.LISTEN;
  }

  private static boolean isIncoming(EventKind kind) {
    return kind == EventKind.ACCEPT || kind == EventKind.RECEIVE;
  }

  /**
   * A link must neither lead around a denial nor into an allowance: what is denied is denied under
   * both of its names, what is allowed is the file that the link leads to.
   */
  private static String unix(Rule rule, Event.Unix event) {
    String internet = first(rule, "host", "host-list", "address", "local-port", "port");
    if (!internet.equals(MATCHES)) {
      return internet;
    }
    if (!isOver(rule, Protocol.UNIX)) {
      return "protocol";
    }
    boolean matches =
        rule.paths().isEmpty()
            || isAny(rule.paths(), event.path())
            || (rule.action() != Action.ALLOW && isAny(rule.paths(), event.given()));
    return matches ? MATCHES : "path";
  }

  /**
   * A look-up of a name has neither address nor port nor protocol yet. An allow rule narrowed by
   * one of these must still let the name be looked up, or it could never be used. A deny or ask
   * rule so narrowed leaves the look-up alone, or denying {@code example.com} port 25 would deny
   * all of {@code example.com}; unless its {@code event} says {@code resolve} itself.
   */
  private static String forward(Rule rule, String host) {
    String narrower = first(rule, "address", "local-port", "port", "protocol");
    if (rule.hosts().isEmpty() && rule.hostLists().isEmpty()) {
      return narrower.equals(MATCHES) ? first(rule, "path") : narrower;
    }
    if (!narrower.equals(MATCHES) && rule.action() != Action.ALLOW && rule.events().isEmpty()) {
      return narrower;
    }
    if (!rule.hosts().isEmpty() && !isNamed(rule, host)) {
      return "host";
    }
    return rule.hostLists().isEmpty() || isListed(rule, host) ? MATCHES : "host-list";
  }

  private static String reverse(Rule rule, Address address) {
    String other = first(rule, "host", "host-list", "local-port", "port", "protocol", "path");
    if (!other.equals(MATCHES)) {
      return other;
    }
    return isTo(rule.addresses(), address) ? MATCHES : "address";
  }

  /** The first of these keys that the rule has. */
  private static String first(Rule rule, String... keys) {
    for (String key : keys) {
      boolean has =
          switch (key) {
            case "host" -> !rule.hosts().isEmpty();
            case "host-list" -> !rule.hostLists().isEmpty();
            case "address" -> !rule.addresses().isEmpty();
            case "port" -> !rule.ports().isEmpty();
            case "local-port" -> !rule.localPorts().isEmpty();
            case "protocol" -> !rule.protocols().isEmpty();
            default -> !rule.paths().isEmpty();
          };
      if (has) {
        return key;
      }
    }
    return MATCHES;
  }

  private static boolean isOver(Rule rule, Protocol protocol) {
    return rule.protocols().isEmpty() || rule.protocols().contains(protocol);
  }

  private static boolean isNamed(Rule rule, String host) {
    return rule.hosts().stream().anyMatch(pattern -> pattern.matches(host));
  }

  private static boolean isListed(Rule rule, String host) {
    return rule.hostLists().stream().anyMatch(list -> list.contains(host));
  }

  private static boolean isTo(List<AddressPattern> patterns, Address address) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(address));
  }

  private static boolean isAmong(List<PortRange> ranges, int port) {
    return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(port));
  }

  private static boolean isAny(List<Glob> globs, String text) {
    return globs.stream().anyMatch(glob -> glob.matches(text));
  }
}
