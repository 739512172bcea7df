package io.github.appaware.policy;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.util.List;
import java.util.Set;

/**
 * Finds keys of one rule that together match nothing: such a rule protects nobody, and its author
 * thinks it does. Goes by the keys that are written, whether or not their values are any good.
 */
final class Contradictions {
  private static final List<String> INTERNET = List.of("host", "address", "port");
  private static final Set<EventKind> LOCAL = Set.of(EventKind.BIND, EventKind.LISTEN);
  private static final Set<EventKind> LOOK_UP = Set.of(EventKind.RESOLVE);
  private static final Set<Protocol> UNIX = Set.of(Protocol.UNIX);

  private final Section rule;
  private final Set<EventKind> events;
  private final Set<Protocol> protocols;

  private Contradictions(Section rule, Set<EventKind> events, Set<Protocol> protocols) {
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
  static void find(Section rule, Set<EventKind> events, Set<Protocol> protocols) {
    Contradictions contradictions = new Contradictions(rule, events, protocols);
    contradictions.findUnix();
    contradictions.findLookUp();
    if (rule.has("host") && !events.isEmpty() && LOCAL.containsAll(events)) {
      contradictions.nothing(
          "host",
          "`host` with the events `bind` and `listen`",
          "they have a local address only: use `address`");
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
    for (String key : List.of("port", "protocol")) {
      if (rule.has(key) && (events.equals(LOOK_UP) || !rule.has("host"))) {
        nothing(
            key,
            "`" + key + "` with the event `resolve`",
            "a look-up has no " + key + ": write a rule of its own for `resolve`");
      }
    }
    if (rule.has("host") && rule.has("address") && events.equals(LOOK_UP)) {
      nothing(
          "address",
          "`address` and `host` with the event `resolve`",
          "a look-up has either of them: write two rules");
    }
  }

  private void nothing(String key, String what, String help) {
    rule.problem(rule.at(key), what + " matches nothing", help);
  }
}
