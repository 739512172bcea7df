package io.github.appaware.learn;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.model.PeerPattern;
import java.util.Comparator;

/**
 * What is done to a far end, or at an own one, in the words of a rule.
 *
 * @param kind the kind of event
 * @param protocol the transport, or empty for look-ups
 * @param port of the far end, of bind and listen the own one; empty where it does not matter
 * @param localPort the own port of accept and receive, or empty
 * @param peer what {@code peer} must say, or empty
 */
record Access(EventKind kind, String protocol, String port, String localPort, String peer)
    implements Comparable<Access> {
  /** A port that the system chose, as policies have it. */
  static final String EPHEMERAL = "ephemeral";

  private static final String OWN = "run";

  /** From here on systems choose ports by themselves (Linux's default; IANA's is higher). */
  static final int FIRST_EPHEMERAL = 32_768;

  private static final Comparator<Access> ORDER =
      Comparator.comparing(Access::protocol)
          .thenComparing(Access::peer)
          .thenComparing(Access::localPort)
          .thenComparing(Access::port)
          .thenComparing(Access::kind);

  /** Of an event that a rule can be about. */
  static Access of(Event event) {
    if (event instanceof Event.Inet inet) {
      String protocol = inet.protocol().label();
      String peer = peer(inet.peer());
      return switch (inet.kind()) {
        case ACCEPT, RECEIVE ->
            new Access(inet.kind(), protocol, "", own(inet, inet.localPort()), "");
        case BIND, LISTEN -> new Access(inet.kind(), protocol, own(inet, inet.port()), "", "");
        default -> {
          // Only the run's own processes can be meant, whichever port they got.
          boolean own = peer.equals(OWN) && inet.port() >= FIRST_EPHEMERAL;
          String port = own ? "" : Integer.toString(inet.port());
          yield new Access(inet.kind(), protocol, port, "", peer);
        }
      };
    }
    if (event instanceof Event.Unix unix) {
      return new Access(unix.kind(), Protocol.UNIX.label(), "", "", peer(unix.peer()));
    }
    if (event instanceof Tunnel tunnel) {
      return new Access(
          EventKind.CONNECT,
          Protocol.TCP.label(),
          tunnel.isUnknown() ? "" : Integer.toString(tunnel.port()),
          "",
          "");
    }
    return resolving();
  }

  static Access resolving() {
    return new Access(EventKind.RESOLVE, "", "", "", "");
  }

  private static String own(Event.Inet event, int port) {
    return event.ephemeral() ? EPHEMERAL : Integer.toString(port);
  }

  private static String peer(Peer peer) {
    if (peer == null) {
      return "";
    }
    return switch (peer.place()) {
      case RUN -> OWN;
      case OUTSIDE -> PeerPattern.of(peer);
      case UNKNOWN, NONE -> "";
    };
  }

  @Override
  public int compareTo(Access other) {
    return ORDER.compare(this, other);
  }
}
