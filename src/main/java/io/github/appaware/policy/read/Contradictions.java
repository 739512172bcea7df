package io.github.appaware.policy.read;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Finds keys of one rule that together match nothing: such a rule protects nobody, and its author
 * thinks it does. Goes by the keys that are written, whether or not their values are any good.
 */
final class Contradictions {
  private static final List<String> INTERNET =
      List.of("host", "host-list", "address", "port", "local-port");
  private static final List<String> HOSTS = List.of("host", "host-list");
  private static final Set<EventKind> LOCAL = Set.of(EventKind.BIND, EventKind.LISTEN);
  private static final Set<EventKind> INCOMING = Set.of(EventKind.ACCEPT, EventKind.RECEIVE);
  private static final Set<EventKind> LOOK_UP = Set.of(EventKind.RESOLVE);
  private static final Set<Protocol> UNIX = Set.of(Protocol.UNIX);

  private final TableReader rule;
  private final Set<EventKind> events;
  private final Set<Protocol> protocols;

  private Contradictions(TableReader rule, Set<EventKind> events, Set<Protocol> protocols) {
    this.rule = rule;
    this.events = events;
    this.protocols = protocols;
  }

  /**
   * Notes the contradictions as problems of the rule.
   *
   * @param events those that the rule names; empty for all
   * @param protocols those that the rule names; empty for all
   */
  static void find(TableReader rule, Set<EventKind> events, Set<Protocol> protocols) {
    Contradictions contradictions = new Contradictions(rule, events, protocols);
    contradictions.findUnix();
    contradictions.findLookUp();
    contradictions.findLocal();
  }

  private void findLocal() {
    for (String key : HOSTS) {
      if (rule.has(key) && !events.isEmpty() && LOCAL.containsAll(events)) {
        nothing(
            key,
            "`" + key + "` with the events `bind` and `listen`",
            "they have a local address only: use `address`");
      }
    }
    if (rule.has("local-port")
        && !events.isEmpty()
        && Collections.disjoint(events, INCOMING)
        && !events.contains(EventKind.RESOLVE)) {
      nothing(
          "local-port",
          "`local-port` without the events `accept` and `receive`",
          "only these have two ports: use `port`");
    }
  }

  private void findUnix() {
    for (String key : INTERNET) {
      if (rule.has(key) && rule.has("path")) {
        nothing(key, "`" + key + "` with `path`", "an event has either of them: write two rules");
      } else if (rule.has(key) && protocols.equals(UNIX)) {
        nothing(key, "`" + key + "` with the protocol `unix`", "Unix-domain sockets have a `path`");
      }
    }
    if (rule.has("path") && !protocols.isEmpty() && !protocols.contains(Protocol.UNIX)) {
      nothing("path", "`path` without the protocol `unix`", "leave `protocol` out");
    }
    if (rule.has("path") && events.equals(LOOK_UP)) {
      nothing("path", "`path` with the event `resolve`", "a look-up has no path");
    }
  }

  /** A look-up has a name or an address, no port and no protocol yet. */
  private void findLookUp() {
    if (!events.contains(EventKind.RESOLVE)) {
      return;
    }
    boolean named = rule.has("host") || rule.has("host-list");
    for (String key : List.of("port", "local-port", "protocol")) {
      if (rule.has(key) && (events.equals(LOOK_UP) || !named)) {
        nothing(
            key,
            "`" + key + "` with the event `resolve`",
            "a look-up has no " + key + ": write a rule of its own for `resolve`");
      }
    }
    if (named && rule.has("address") && events.equals(LOOK_UP)) {
      nothing(
          "address",
          "`address` and `"
              + (rule.has("host") ? "host" : "host-list")
              + "` with the event `resolve`",
          "a look-up has either of them: write two rules");
    }
  }

  private void nothing(String key, String what, String help) {
    rule.problem(rule.at(key), what + " matches nothing", help);
  }
}
