package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Text;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.QuestionMessage.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an answer can be about, in words and as a rule. Never wider than its words: text of the
 * application that patterns would read as more than itself makes no rule.
 */
final class AnswerScopes {
  private static final List<String> OUTBOUND =
      List.of(EventKind.RESOLVE.label(), EventKind.CONNECT.label(), EventKind.SEND.label());

  private AnswerScopes() {}

  /** Narrow ones first; the endpoint is always there. */
  static List<Offer> offers(Event event, Origin origin, String application) {
    List<Offer> offers = new ArrayList<>();
    offers.add(new Offer(Scope.ENDPOINT, endpoint(event)));
    host(event).ifPresent(host -> offers.add(new Offer(Scope.HOST, anyPort(event, host))));
    domain(event)
        .ifPresent(
            domain ->
                offers.add(
                    new Offer(
                        Scope.DOMAIN,
                        Text.printable(domain) + " and all names below it, any port")));
    origin(origin)
        .ifPresent(
            code -> offers.add(new Offer(Scope.ORIGIN, Text.printable(code) + anywhere(event))));
    offers.add(new Offer(Scope.APPLICATION, Text.printable(application) + anywhere(event)));
    return offers;
  }

  /** The port of a peer is another one each time. */
  private static String endpoint(Event event) {
    if (event instanceof Event.Inet inet && inet.kind().isInbound()) {
      String peer = inet.hosts().isEmpty() ? inet.address().toString() : inet.hosts().get(0);
      String here = inet.localPort() == 0 ? "any port here" : "port " + inet.localPort() + " here";
      return inet.kind().label()
          + " "
          + inet.protocol().label()
          + " from "
          + Text.printable(peer)
          + " to "
          + here;
    }
    return event.describe();
  }

  private static String anyPort(Event event, String host) {
    String ports = event.kind().isInbound() ? ", to any port here" : ", any port";
    return Text.printable(host) + ports;
  }

  private static String anywhere(Event event) {
    return switch (event.kind()) {
      case ACCEPT, RECEIVE -> ", from anywhere";
      case BIND, LISTEN -> ", on any address and port";
      default -> ", to anywhere";
    };
  }

  /**
   * The rule that says it, for any application.
   *
   * @param priority of the rule that asked
   * @throws AnswerException when this event has no such scope, or no pattern means just that
   */
  static PolicyEntry rule(Choice choice, Event event, Origin origin, int priority)
      throws AnswerException {
    PolicyEntry rule =
        PolicyEntry.rule(choice.allow() ? Action.ALLOW : Action.DENY).priority(priority);
    return switch (choice.scope()) {
      case ENDPOINT -> endpoint(rule, event, choice.allow());
      case HOST -> host(rule, event);
      case DOMAIN -> {
        String domain = domain(event).orElseThrow(AnswerScopes::unoffered);
        yield rule.with(RuleKey.EVENT, OUTBOUND).with(RuleKey.HOST, List.of(domain, "*." + domain));
      }
      case ORIGIN ->
          rule.with(RuleKey.EVENT, direction(event))
              .with(RuleKey.ORIGIN, literal(origin(origin).orElseThrow(AnswerScopes::unoffered)));
      case APPLICATION -> rule.with(RuleKey.EVENT, direction(event));
    };
  }

  private static AnswerException unoffered() {
    return new AnswerException("the question has no such scope");
  }

  private static PolicyEntry endpoint(PolicyEntry rule, Event event, boolean allow)
      throws AnswerException {
    if (event instanceof Event.Inet inet) {
      PolicyEntry of = rule.with(RuleKey.PROTOCOL, inet.protocol().label());
      if (inet.kind().isInbound()) {
        of = inet.localPort() == 0 ? of : of.with(RuleKey.LOCAL_PORT, inet.localPort() + "");
        return far(of.with(RuleKey.EVENT, inet.kind().label()), inet);
      }
      // Who may reach a host may look it up; who may not, perhaps at another port.
      List<String> events =
          allow && !inet.hosts().isEmpty() && !isLocal(inet.kind())
              ? List.of(EventKind.RESOLVE.label(), inet.kind().label())
              : List.of(inet.kind().label());
      return far(of.with(RuleKey.EVENT, events).with(RuleKey.PORT, inet.port() + ""), inet);
    }
    if (event instanceof Event.Resolve resolve) {
      PolicyEntry of = rule.with(RuleKey.EVENT, EventKind.RESOLVE.label());
      return resolve.host() != null
          ? of.with(RuleKey.HOST, literal(resolve.host()))
          : of.with(RuleKey.ADDRESS, resolve.address().toString());
    }
    if (event instanceof Event.Unix unix) {
      return rule.with(RuleKey.EVENT, unix.kind().label()).with(RuleKey.PATH, literal(unix.path()));
    }
    throw unoffered();
  }

  private static PolicyEntry host(PolicyEntry rule, Event event) throws AnswerException {
    PolicyEntry of = rule.with(RuleKey.EVENT, direction(event));
    if (event instanceof Event.Resolve resolve && resolve.host() != null) {
      return of.with(RuleKey.HOST, literal(resolve.host()));
    }
    if (event instanceof Event.Inet inet) {
      return far(of, inet);
    }
    throw unoffered();
  }

  private static PolicyEntry far(PolicyEntry rule, Event.Inet inet) throws AnswerException {
    return inet.hosts().isEmpty() || isLocal(inet.kind())
        ? rule.with(RuleKey.ADDRESS, inet.address().toString())
        : rule.with(RuleKey.HOST, literal(inet.hosts().get(0)));
  }

  static boolean isLocal(EventKind kind) {
    return kind == EventKind.BIND || kind == EventKind.LISTEN;
  }

  private static List<String> direction(Event event) {
    return switch (event.kind()) {
      case ACCEPT, RECEIVE -> List.of(EventKind.ACCEPT.label(), EventKind.RECEIVE.label());
      case BIND, LISTEN -> List.of(EventKind.BIND.label(), EventKind.LISTEN.label());
      default -> OUTBOUND;
    };
  }

  /** What {@link Scope#HOST} is about: a name where there is one, else an address. */
  private static Optional<String> host(Event event) {
    if (event instanceof Event.Resolve resolve) {
      return Optional.ofNullable(resolve.host()).filter(AnswerScopes::isLiteral);
    }
    if (event instanceof Event.Inet inet) {
      return Optional.of(
              inet.hosts().isEmpty() || isLocal(inet.kind())
                  ? inet.address().toString()
                  : inet.hosts().get(0))
          .filter(AnswerScopes::isLiteral);
    }
    return Optional.empty();
  }

  private static Optional<String> domain(Event event) {
    if (event instanceof Event.Resolve resolve && resolve.host() != null) {
      return ParentDomains.of(resolve.host());
    }
    return event instanceof Event.Inet inet
            && !inet.hosts().isEmpty()
            && !inet.kind().isInbound()
            && !isLocal(inet.kind())
        ? ParentDomains.of(inet.hosts().get(0))
        : Optional.empty();
  }

  /** The narrowest lasting name of the innermost code. */
  private static Optional<String> origin(Origin origin) {
    if (origin.frames().isEmpty()) {
      return Optional.empty();
    }
    Origin.Frame frame = origin.frames().get(0);
    String[] maven = frame.source().maven().split(":", -1);
    if (maven.length >= 2 && isLiteral(frame.source().maven())) {
      return Optional.of("maven:" + maven[0] + ":" + maven[1]);
    }
    if (frame.source().file().endsWith(".jar") && isLiteral(frame.source().file())) {
      return Optional.of("jar:" + frame.source().file());
    }
    if (!frame.source().sha256().isEmpty()) {
      return Optional.of("sha256:" + frame.source().sha256());
    }
    return frame.packageName().isEmpty() || !isLiteral(frame.packageName())
        ? Optional.empty()
        : Optional.of("package:" + frame.packageName());
  }

  /** Patterns know no way to say a star that is just a star. */
  static boolean isLiteral(String text) {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  private static String literal(String text) throws AnswerException {
    if (!isLiteral(text)) {
      throw new AnswerException(
          "`" + Text.printable(text) + "` has `*` or `?` in it: no rule means just that");
    }
    return text;
  }
}
