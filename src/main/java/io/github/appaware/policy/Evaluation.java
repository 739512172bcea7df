package io.github.appaware.policy;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.time.Instant;
import java.util.List;

/**
 * Whether one rule is about one event: the plain reading of the rule, key by key. Allocates
 * nothing, so loops count instead of iterating.
 */
final class Evaluation {
  private Evaluation() {}

  static boolean matches(Rule rule, Application app, Event event, Instant now) {
    if (rule.expires() != null && !now.isBefore(rule.expires())) {
      return false;
    }
    if (!rule.apps().isEmpty() && !rule.apps().contains(app.id())) {
      return false;
    }
    if (!rule.events().isEmpty() && !rule.events().contains(event.kind())) {
      return false;
    }
    if (event instanceof Event.Inet inet) {
      return matchesInet(rule, inet);
    }
    if (event instanceof Event.Unix unix) {
      return matchesUnix(rule, unix);
    }
    if (event instanceof Event.Blind) {
      return false; // the policy has no words for it
    }
    Event.Resolve resolve = (Event.Resolve) event;
    return resolve.host() != null
        ? matchesForward(rule, resolve.host())
        : matchesReverse(rule, resolve.address());
  }

  private static boolean matchesInet(Rule rule, Event.Inet event) {
    return rule.paths().isEmpty()
        && matchesProtocol(rule, event.protocol())
        && matchesPort(rule.ports(), event.port())
        && matchesAddress(rule.addresses(), event.address())
        && (rule.hosts().isEmpty() || matchesFarEndName(rule.hosts(), event));
  }

  /** Bind and listen have a local address only, and a host is the name of a far end. */
  private static boolean matchesFarEndName(List<HostPattern> patterns, Event.Inet event) {
    if (event.kind() == EventKind.BIND || event.kind() == EventKind.LISTEN) {
      return false;
    }
    // One matching name is enough. An application can't put an allowed name in front of a denied
    // one to get through: resolving a denied name is itself denied, so it never enters the list.
    List<String> hosts = event.hosts();
    for (int i = 0; i < hosts.size(); i++) {
      if (matchesHost(patterns, hosts.get(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * A link must neither lead around a denial nor into an allowance: what is denied is denied under
   * both of its names, what is allowed is the file that the link leads to.
   */
  private static boolean matchesUnix(Rule rule, Event.Unix event) {
    return rule.hosts().isEmpty()
        && rule.addresses().isEmpty()
        && rule.ports().isEmpty()
        && matchesProtocol(rule, Protocol.UNIX)
        && (matchesPath(rule.paths(), event.path())
            || (rule.action() != Action.ALLOW && matchesPath(rule.paths(), event.given())));
  }

  /**
   * A look-up of a name has neither address nor port nor protocol yet. An allow rule narrowed by
   * one of these must still let the name be looked up, or it could never be used. A deny or ask
   * rule so narrowed leaves the look-up alone, or denying {@code example.com} port 25 would deny
   * all of {@code example.com}; unless its {@code event} says {@code resolve} itself.
   */
  private static boolean matchesForward(Rule rule, String host) {
    if (rule.hosts().isEmpty()) {
      return isAboutAnyEndpoint(rule);
    }
    boolean wholeHost = rule.addresses().isEmpty() && isAboutAnyPortAndProtocol(rule);
    return (wholeHost || rule.action() == Action.ALLOW || !rule.events().isEmpty())
        && matchesHost(rule.hosts(), host);
  }

  private static boolean matchesReverse(Rule rule, Address address) {
    if (rule.addresses().isEmpty()) {
      return isAboutAnyEndpoint(rule);
    }
    return rule.hosts().isEmpty()
        && isAboutAnyPortAndProtocol(rule)
        && matchesAddress(rule.addresses(), address);
  }

  private static boolean isAboutAnyEndpoint(Rule rule) {
    return rule.hosts().isEmpty()
        && rule.addresses().isEmpty()
        && rule.paths().isEmpty()
        && isAboutAnyPortAndProtocol(rule);
  }

  private static boolean isAboutAnyPortAndProtocol(Rule rule) {
    return rule.ports().isEmpty() && rule.protocols().isEmpty();
  }

  private static boolean matchesProtocol(Rule rule, Protocol protocol) {
    return rule.protocols().isEmpty() || rule.protocols().contains(protocol);
  }

  private static boolean matchesHost(List<HostPattern> patterns, String host) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(host)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matchesAddress(List<AddressPattern> patterns, Address address) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(address)) {
        return true;
      }
    }
    return patterns.isEmpty();
  }

  private static boolean matchesPort(List<PortRange> ranges, int port) {
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).contains(port)) {
        return true;
      }
    }
    return ranges.isEmpty();
  }

  private static boolean matchesPath(List<Glob> globs, String path) {
    for (int i = 0; i < globs.size(); i++) {
      if (globs.get(i).matches(path)) {
        return true;
      }
    }
    return globs.isEmpty();
  }
}
