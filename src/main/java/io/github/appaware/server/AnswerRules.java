package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Text;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.PeerPattern;
import io.github.appaware.policy.model.ProxyPattern;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.wire.Choice;
import java.util.List;

/**
 * The rule of an answer. Never wider than the words that {@link AnswerScopes} offered: text of the
 * application that would act as a pattern makes no rule.
 */
final class AnswerRules {
  private static final List<String> OUTBOUND =
      List.of(EventKind.RESOLVE.label(), EventKind.CONNECT.label(), EventKind.SEND.label());

  private AnswerRules() {}

  /**
   * The rules that say what was chosen, for any application: the first is about the event itself.
   *
   * @param priority of the rule that asked
   * @throws AnswerException when the event has no such scope, or no pattern matches only that
   */
  static List<PolicyEntry> rules(Choice choice, Event event, Origin origin, int priority)
      throws AnswerException {
    PolicyEntry rule =
        PolicyEntry.rule(choice.allow() ? Action.ALLOW : Action.DENY).priority(priority);
    return switch (choice.scope()) {
      case ENDPOINT ->
          event instanceof Event.Resolve resolve && LocalNames.has(resolve.host())
              ? List.of(ofThisMachine(rule, literal(resolve.host()), choice.allow()))
              : AnswerScopes.isLocal(event.kind()) && event instanceof Event.Inet inet
                  ? ServerRules.local(choice, rule, inet)
                  : List.of(withPeer(endpoint(rule, event, choice.allow()), event, choice.allow()));
      case HOST -> List.of(host(rule, event));
      case DOMAIN -> {
        String domain = AnswerScopes.domain(event).orElseThrow(AnswerRules::unoffered);
        yield List.of(
            rule.with(RuleKey.EVENT, OUTBOUND).with(RuleKey.HOST, List.of(domain, "*." + domain)));
      }
      case ORIGIN ->
          List.of(
              rule.with(RuleKey.EVENT, direction(event))
                  .with(
                      RuleKey.ORIGIN,
                      literal(AnswerScopes.origin(origin).orElseThrow(AnswerRules::unoffered))));
      case APPLICATION -> List.of(rule.with(RuleKey.EVENT, direction(event)));
      case PRIVATE, ANYONE -> {
        if (!(event instanceof Event.Inet inet) || !ServerRules.has(choice.scope(), inet)) {
          throw unoffered();
        }
        yield AnswerScopes.isLocal(inet.kind())
            ? ServerRules.local(choice, rule, inet)
            : List.of(ServerRules.inbound(choice.scope(), rule, inet, inet.localPort()));
      }
    };
  }

  /**
   * A name of this machine leads to every server on it. The run's own are meant; others are asked
   * about, with the process that listens there.
   */
  private static PolicyEntry ofThisMachine(PolicyEntry rule, String name, boolean allow) {
    PolicyEntry named = rule.with(RuleKey.EVENT, OUTBOUND).with(RuleKey.HOST, name);
    return allow ? named.with(RuleKey.PEER, ServerRules.OWN) : named;
  }

  private static AnswerException unoffered() {
    return new AnswerException("the question has no such scope");
  }

  /** Allowed is what the question said: a process outside of the run, and no other there. */
  private static PolicyEntry withPeer(PolicyEntry rule, Event event, boolean allow) {
    if (event instanceof Event.Inet inet && inet.ephemeral() && inet.kind() == EventKind.CONNECT) {
      return rule.with(RuleKey.PEER, ServerRules.OWN); // it is ephemeral as it is of this run
    }
    return allow && event.peer() != null && event.peer().isOutside()
        ? rule.with(RuleKey.PEER, PeerPattern.of(event.peer()))
        : rule;
  }

  private static PolicyEntry endpoint(PolicyEntry rule, Event event, boolean allow)
      throws AnswerException {
    if (event instanceof Event.Inet inet) {
      PolicyEntry of = rule.with(RuleKey.PROTOCOL, inet.protocol().label());
      if (inet.kind().isInbound()) {
        of = ServerRules.withLocalPort(of, inet, inet.localPort());
        return far(of.with(RuleKey.EVENT, inet.kind().label()), inet);
      }
      // To allow a host is to allow its look-up; to deny one port of it is not to deny that.
      List<String> events =
          allow && inet.host() != null && !AnswerScopes.isLocal(inet.kind())
              ? List.of(EventKind.RESOLVE.label(), inet.kind().label())
              : List.of(inet.kind().label());
      return far(of.with(RuleKey.EVENT, events).with(RuleKey.PORT, ServerRules.port(inet)), inet);
    }
    if (event instanceof Event.Resolve resolve) {
      // What is looked up is then connected to: one answer for both.
      return resolve.host() != null
          ? rule.with(RuleKey.EVENT, OUTBOUND).with(RuleKey.HOST, literal(resolve.host()))
          : rule.with(RuleKey.EVENT, EventKind.RESOLVE.label())
              .with(RuleKey.ADDRESS, resolve.address().toString());
    }
    if (event instanceof Event.Unix unix) {
      return rule.with(RuleKey.EVENT, unix.kind().label()).with(RuleKey.PATH, literal(unix.path()));
    }
    if (event instanceof Tunnel tunnel) {
      PolicyEntry of =
          rule.with(RuleKey.EVENT, tunnel.kind().label())
              .with(RuleKey.THROUGH, literal(ProxyPattern.of(tunnel.through())));
      return tunnel.isUnknown() ? of : far(of.with(RuleKey.PORT, tunnel.port() + ""), tunnel);
    }
    throw unoffered();
  }

  private static PolicyEntry host(PolicyEntry rule, Event event) throws AnswerException {
    PolicyEntry of = rule.with(RuleKey.EVENT, direction(event));
    if (event instanceof Event.Inet inet) {
      return far(of, inet);
    }
    if (event instanceof Tunnel tunnel && !tunnel.isUnknown()) {
      return far(of, tunnel);
    }
    throw unoffered();
  }

  private static PolicyEntry far(PolicyEntry rule, Tunnel tunnel) throws AnswerException {
    return tunnel.host() == null
        ? rule.with(RuleKey.ADDRESS, tunnel.address().toString())
        : rule.with(RuleKey.HOST, literal(tunnel.host()));
  }

  private static PolicyEntry far(PolicyEntry rule, Event.Inet inet) throws AnswerException {
    return inet.host() == null || AnswerScopes.isLocal(inet.kind())
        ? rule.with(RuleKey.ADDRESS, inet.address().toString())
        : rule.with(RuleKey.HOST, literal(inet.host()));
  }

  private static List<String> direction(Event event) {
    return switch (event.kind()) {
      case ACCEPT, RECEIVE -> List.of(EventKind.ACCEPT.label(), EventKind.RECEIVE.label());
      case BIND, LISTEN -> List.of(EventKind.BIND.label(), EventKind.LISTEN.label());
      default -> OUTBOUND;
    };
  }

  private static String literal(String text) throws AnswerException {
    if (!AnswerScopes.isLiteral(text)) {
      throw new AnswerException(
          "`" + Text.printable(text) + "` has `*` or `?` in it: no rule means just that");
    }
    return text;
  }
}
