package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Text;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.model.PeerPattern;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.QuestionMessage.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an answer to a question can be about, in words; {@link AnswerRules} makes the rules. */
final class AnswerScopes {
  private AnswerScopes() {}

  /** Narrow ones first; the endpoint is always there. */
  static List<Offer> offers(Event event, Origin origin, String application) {
    List<Offer> offers = new ArrayList<>();
    offers.add(new Offer(Scope.ENDPOINT, endpoint(event)));
    if (event instanceof Event.Inet inet && ServerRules.has(Scope.PRIVATE, inet)) {
      offers.add(new Offer(Scope.PRIVATE, from("private networks", inet)));
    }
    if (event instanceof Event.Inet inet && ServerRules.has(Scope.ANYONE, inet)) {
      offers.add(new Offer(Scope.ANYONE, from("anyone", inet)));
    }
    host(event).ifPresent(host -> offers.add(new Offer(Scope.HOST, anyPort(event, host))));
    domain(event)
        .ifPresent(
            domain ->
                offers.add(
                    new Offer(
                        Scope.DOMAIN,
                        Text.printable(domain) + " and all names below it, any port")));
    origin(origin)
        .ifPresent(code -> offers.add(new Offer(Scope.ORIGIN, code(code) + anywhere(event))));
    String program = "the whole program " + Text.printable(application);
    offers.add(new Offer(Scope.APPLICATION, program + anywhere(event)));
    return offers;
  }

  /** {@code code of the library h2-2.3.jar}. */
  private static String code(String pattern) {
    int colon = pattern.indexOf(':');
    String value = Text.printable(pattern.substring(colon + 1));
    return switch (pattern.substring(0, colon)) {
      case "package" -> "code of the package " + value;
      case "sha256" -> "code of the file with the SHA-256 " + value;
      default -> "code of the library " + value;
    };
  }

  /** Peers that a server lets in, or keeps out. */
  private static String from(String peers, Event.Inet event) {
    return isLocal(event.kind())
        ? localPort(event) + ", connections from " + peers
        : event.kind().label()
            + " "
            + event.protocol().label()
            + " from "
            + peers
            + " to "
            + here(event);
  }

  /** {@code tcp port 8082 on 127.0.0.1}; of a port that the system chooses, another each time. */
  private static String localPort(Event.Inet event) {
    String protocol = event.protocol().label();
    return (event.ephemeral()
            ? "any " + protocol + " port that the system chooses"
            : protocol + " port " + event.port())
        + (event.address().isWildcard() ? "" : " on " + event.address());
  }

  private static String here(Event.Inet event) {
    return event.ephemeral()
        ? "a port here that the system chooses"
        : event.localPort() == 0 ? "any port here" : "port " + event.localPort() + " here";
  }

  /** The port of a peer is another one each time. */
  private static String endpoint(Event event) {
    if (event instanceof Event.Inet inet && inet.kind().isInbound()) {
      String peer = inet.host() == null ? inet.address().toString() : inet.host();
      return inet.kind().label()
          + " "
          + inet.protocol().label()
          + " from "
          + Text.printable(peer)
          + " to "
          + here(inet);
    }
    if (event instanceof Event.Inet inet && isLocal(inet.kind())) {
      return ServerRules.has(Scope.ANYONE, inet)
          ? localPort(inet) + ", connections from this machine"
          : localPort(inet);
    }
    if (event instanceof Event.Inet inet && inet.ephemeral()) {
      return "connect tcp to any port on " + inet.address() + " that the system chose for this run";
    }
    if (event instanceof Event.Resolve resolve && resolve.host() != null) {
      return LocalNames.has(resolve.host())
          ? Text.printable(resolve.host()) + ", and this run's own processes under that name"
          : Text.printable(resolve.host()) + ", any port";
    }
    if (event instanceof Tunnel tunnel && tunnel.isUnknown()) {
      return "connect tcp to any target through proxy " + tunnel.through().endpoint();
    }
    return event.peer() != null && event.peer().isOutside()
        ? event.describe() + ", as long as " + PeerPattern.of(event.peer()) + " listens there"
        : event.describe();
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

  static boolean isLocal(EventKind kind) {
    return kind == EventKind.BIND || kind == EventKind.LISTEN;
  }

  /** What {@link Scope#HOST} is about: a name where there is one, else an address. */
  private static Optional<String> host(Event event) {
    if (event instanceof Event.Inet inet) {
      return Optional.of(
              inet.host() == null || isLocal(inet.kind()) ? inet.address().toString() : inet.host())
          .filter(AnswerScopes::isLiteral);
    }
    if (event instanceof Tunnel tunnel && !tunnel.isUnknown()) {
      return Optional.of(tunnel.host() == null ? tunnel.address().toString() : tunnel.host())
          .filter(AnswerScopes::isLiteral);
    }
    return Optional.empty();
  }

  static Optional<String> domain(Event event) {
    if (event instanceof Event.Resolve resolve && resolve.host() != null) {
      return ParentDomains.of(resolve.host());
    }
    if (event instanceof Tunnel tunnel && tunnel.host() != null) {
      return ParentDomains.of(tunnel.host());
    }
    return event instanceof Event.Inet inet
            && inet.host() != null
            && !inet.kind().isInbound()
            && !isLocal(inet.kind())
        ? ParentDomains.of(inet.host())
        : Optional.empty();
  }

  /** The narrowest lasting name of the innermost code. */
  static Optional<String> origin(Origin origin) {
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
}
