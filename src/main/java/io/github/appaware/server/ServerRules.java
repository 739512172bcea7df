package io.github.appaware.server;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.wire.Choice;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of an answer about a socket that waits for others. To bind and to listen is one answer;
 * so is what this machine then sends to the socket, and the run's own processes first of all, which
 * connect to their own servers. A port that the system chose is written as such: its number would
 * never match again.
 */
final class ServerRules {
  /** A peer of the same run. */
  static final String OWN = "run";

  private static final String LOOPBACK = "loopback";

  private static final String PRIVATE = "private";

  /** Multicast groups: RFC 5771, section 3; RFC 4291, section 2.7. */
  private static final int GROUPS4 = 0xe0;

  private static final int GROUPS6 = 0xff;

  private ServerRules() {}

  /** Whether others can be let in or kept out by the local port. */
  private static boolean isOfServer(Event.Inet event) {
    return event.kind().isInbound()
        ? event.localPort() != 0
        : AnswerScopes.isLocal(event.kind()) && !isGroup(event.address());
  }

  private static boolean isGroup(Address address) {
    int first = address.bytes()[0] & 0xff;
    return address.bits() == 32 ? (first & 0xf0) == GROUPS4 : first == GROUPS6;
  }

  /** Whether an answer of this scope would be about the event. */
  static boolean has(Choice.Scope scope, Event.Inet event) {
    return isOfServer(event)
        && (scope == Choice.Scope.ANYONE
            || AnswerScopes.isLocal(event.kind())
            || isPrivate(event.address()));
  }

  /** Whether a peer is of a private network or this machine. */
  private static boolean isPrivate(Address address) {
    try {
      return AddressPattern.parse(PRIVATE).matches(address) || address.isLoopback();
    } catch (MalformedValue e) {
      throw new AssertionError(e);
    }
  }

  /** For bind and listen. */
  static List<PolicyEntry> local(Choice choice, PolicyEntry rule, Event.Inet event) {
    PolicyEntry waits =
        rule.with(RuleKey.EVENT, List.of(EventKind.BIND.label(), EventKind.LISTEN.label()))
            .with(RuleKey.PROTOCOL, event.protocol().label())
            .with(RuleKey.ADDRESS, event.address().toString())
            .with(RuleKey.PORT, port(event));
    if (!choice.allow() || !isOfServer(event)) {
      return List.of(waits);
    }
    boolean datagrams = event.protocol() == Protocol.UDP;
    List<PolicyEntry> rules = new ArrayList<>();
    rules.add(waits);
    rules.add(inbound(choice.scope(), rule, event, event.port()));
    rules.add(
        rule.with(RuleKey.EVENT, (datagrams ? EventKind.SEND : EventKind.CONNECT).label())
            .with(RuleKey.PROTOCOL, event.protocol().label())
            .with(RuleKey.ADDRESS, own(event))
            .with(RuleKey.PORT, port(event))
            .with(RuleKey.PEER, OWN));
    return rules;
  }

  /** What arrives at a local port, from the peers of the scope. */
  static PolicyEntry inbound(Choice.Scope scope, PolicyEntry rule, Event.Inet event, int port) {
    boolean datagrams = event.protocol() == Protocol.UDP;
    PolicyEntry of =
        rule.with(RuleKey.EVENT, (datagrams ? EventKind.RECEIVE : EventKind.ACCEPT).label())
            .with(RuleKey.PROTOCOL, event.protocol().label());
    of = withLocalPort(of, event, port);
    return switch (scope) {
      case ANYONE -> of;
      case PRIVATE -> of.with(RuleKey.ADDRESS, List.of(LOOPBACK, PRIVATE));
      default -> of.with(RuleKey.ADDRESS, own(event));
    };
  }

  /** With the local port, if it is known. */
  static PolicyEntry withLocalPort(PolicyEntry rule, Event.Inet event, int port) {
    if (event.ephemeral()) {
      return rule.with(RuleKey.LOCAL_PORT, PortRange.EPHEMERAL.toString());
    }
    return port == 0 ? rule : rule.with(RuleKey.LOCAL_PORT, port + "");
  }

  /** The port as a rule has it. */
  static String port(Event.Inet event) {
    boolean isOwn = event.ephemeral() && !event.kind().isInbound();
    return isOwn ? PortRange.EPHEMERAL.toString() : event.port() + "";
  }

  /** From where this machine reaches a local address. */
  private static List<String> own(Event.Inet event) {
    Address local = event.address();
    boolean isLocal = AnswerScopes.isLocal(event.kind());
    return !isLocal || local.isWildcard() || local.isLoopback()
        ? List.of(LOOPBACK)
        : List.of(LOOPBACK, local.toString());
  }
}
