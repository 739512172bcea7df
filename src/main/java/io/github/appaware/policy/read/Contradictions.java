package io.github.appaware.policy.read;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.model.RuleKey;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Finds keys of one rule that together match nothing: such a rule has no effect, and its author
 * believes that it has. Only presence of keys counts, even if their values have problems.
 */
final class Contradictions {
  private static final List<RuleKey> INTERNET =
      List.of(RuleKey.HOST, RuleKey.HOST_LIST, RuleKey.ADDRESS, RuleKey.PORT, RuleKey.LOCAL_PORT);
  private static final List<RuleKey> HOSTS = List.of(RuleKey.HOST, RuleKey.HOST_LIST);
  private static final List<RuleKey> TRANSPORT =
      List.of(RuleKey.PORT, RuleKey.LOCAL_PORT, RuleKey.PROTOCOL, RuleKey.PEER, RuleKey.THROUGH);
  private static final List<RuleKey> DIRECT =
      List.of(RuleKey.PATH, RuleKey.PEER, RuleKey.LOCAL_PORT);
  private static final Set<EventKind> LOCAL = Set.of(EventKind.BIND, EventKind.LISTEN);
  private static final Set<EventKind> INCOMING = Set.of(EventKind.ACCEPT, EventKind.RECEIVE);
  private static final Set<EventKind> REACHING = Set.of(EventKind.CONNECT, EventKind.SEND);
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
   * Adds the contradictions to the problems of the rule.
   *
   * @param events those that the rule names; empty for all
   * @param protocols those that the rule names; empty for all
   */
  static void find(TableReader rule, Set<EventKind> events, Set<Protocol> protocols) {
    Contradictions contradictions = new Contradictions(rule, events, protocols);
    contradictions.findUnix();
    contradictions.findLookUp();
    contradictions.findLocal();
    contradictions.findPeer();
    contradictions.findProxy();
  }

  private void findPeer() {
    if (rule.has(RuleKey.PEER)
        && !events.isEmpty()
        && Collections.disjoint(events, REACHING)
        && !events.contains(EventKind.RESOLVE)) {
      nothing(
          RuleKey.PEER,
          "`" + RuleKey.PEER.label() + "` without the events `connect` and `send`",
          "only these reach for a process that listens");
    }
  }

  private void findProxy() {
    if (!rule.has(RuleKey.THROUGH)) {
      return;
    }
    if (!events.isEmpty()
        && !events.contains(EventKind.CONNECT)
        && !events.contains(EventKind.RESOLVE)) {
      nothing(
          RuleKey.THROUGH,
          "`" + RuleKey.THROUGH.label() + "` without the event `connect`",
          "only a connect goes through a proxy");
    }
    if (!protocols.isEmpty() && !protocols.contains(Protocol.TCP)) {
      nothing(
          RuleKey.THROUGH,
          "`" + RuleKey.THROUGH.label() + "` without the protocol `tcp`",
          "leave `protocol` out");
    }
    for (RuleKey key : DIRECT) {
      if (rule.has(key)) {
        nothing(
            key,
            "`" + key.label() + "` with `" + RuleKey.THROUGH.label() + "`",
            "only a direct event has it: write two rules");
      }
    }
  }

  private void findLocal() {
    for (RuleKey key : HOSTS) {
      if (rule.has(key) && !events.isEmpty() && LOCAL.containsAll(events)) {
        nothing(
            key,
            "`" + key.label() + "` with the events `bind` and `listen`",
            "they have a local address only: use `address`");
      }
    }
    if (rule.has(RuleKey.LOCAL_PORT)
        && !events.isEmpty()
        && Collections.disjoint(events, INCOMING)
        && !events.contains(EventKind.RESOLVE)) {
      nothing(
          RuleKey.LOCAL_PORT,
          "`" + RuleKey.LOCAL_PORT.label() + "` without the events `accept` and `receive`",
          "only these have two ports: use `port`");
    }
  }

  private void findUnix() {
    for (RuleKey key : INTERNET) {
      if (rule.has(key) && rule.has(RuleKey.PATH)) {
        nothing(
            key,
            "`" + key.label() + "` with `path`",
            "an event has either of them: write two rules");
      } else if (rule.has(key) && protocols.equals(UNIX)) {
        nothing(
            key,
            "`" + key.label() + "` with the protocol `unix`",
            "Unix-domain sockets have a `path`");
      }
    }
    if (rule.has(RuleKey.PATH) && !protocols.isEmpty() && !protocols.contains(Protocol.UNIX)) {
      nothing(RuleKey.PATH, "`path` without the protocol `unix`", "leave `protocol` out");
    }
    if (rule.has(RuleKey.PATH) && events.equals(LOOK_UP)) {
      nothing(RuleKey.PATH, "`path` with the event `resolve`", "a look-up has no path");
    }
  }

  /** A look-up has a name or an address, but no port and no protocol yet. */
  private void findLookUp() {
    if (!events.contains(EventKind.RESOLVE)) {
      return;
    }
    boolean named = rule.has(RuleKey.HOST) || rule.has(RuleKey.HOST_LIST);
    for (RuleKey key : TRANSPORT) {
      if (rule.has(key) && (events.equals(LOOK_UP) || !named)) {
        nothing(
            key,
            "`" + key.label() + "` with the event `resolve`",
            "a look-up has no " + key.label() + ": write a rule of its own for `resolve`");
      }
    }
    if (named && rule.has(RuleKey.ADDRESS) && events.equals(LOOK_UP)) {
      RuleKey other = rule.has(RuleKey.HOST) ? RuleKey.HOST : RuleKey.HOST_LIST;
      nothing(
          RuleKey.ADDRESS,
          "`address` and `" + other.label() + "` with the event `resolve`",
          "a look-up has either of them: write two rules");
    }
  }

  private void nothing(RuleKey key, String what, String help) {
    rule.problem(rule.at(key), what + " matches nothing", help);
  }
}
