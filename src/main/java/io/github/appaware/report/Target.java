package io.github.appaware.report;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Text;
import io.github.appaware.event.Tunnel;
import io.github.appaware.record.RecordEntry;
import java.util.List;

/**
 * The far end of an event, or the own one of bind and listen, as reports group and show it. All
 * texts are escaped.
 *
 * @param host the name that was asked for, else the address, the path or the program
 * @param port a number, {@code ephemeral} where it is another one in each run, or empty
 * @param protocol the transport, or empty for look-ups and blind events
 * @param external whether the far end is not on the machine
 */
public record Target(String host, String port, String protocol, boolean external) {
  /** From here on systems choose ports by themselves (Linux's default; IANA's is higher). */
  private static final int FIRST_EPHEMERAL = 32_768;

  private static final String EPHEMERAL = "ephemeral";

  private static final String LOCALHOST = "localhost";

  /** Of an entry; nothing is known of one that stands for different events. */
  static Target of(RecordEntry entry) {
    return entry.cut() ? new Target("(various)", "", "", false) : of(entry.event());
  }

  private static Target of(Event event) {
    if (event instanceof Event.Inet inet) {
      return inet(inet);
    }
    if (event instanceof Event.Resolve resolve) {
      boolean own =
          resolve.host() == null
              ? resolve.address().isLoopback()
              : resolve.host().equals(LOCALHOST) || resolve.host().endsWith("." + LOCALHOST);
      return new Target(resolve.endpoint(), "", "", !own);
    }
    if (event instanceof Tunnel tunnel) {
      return tunnel(tunnel);
    }
    if (event instanceof Event.Unix unix) {
      return new Target(unix.endpoint(), "", Protocol.UNIX.label(), false);
    }
    return new Target(event.endpoint(), "", "", false);
  }

  private static Target inet(Event.Inet event) {
    String protocol = event.protocol().label();
    if (event.kind().isInbound()) {
      String from = event.address().isLoopback() ? "peers on this machine" : "peers";
      return new Target(from, own(event, event.localPort()), protocol, false);
    }
    if (event.kind() == EventKind.BIND || event.kind() == EventKind.LISTEN) {
      return new Target(event.address().toString(), own(event, event.port()), protocol, false);
    }
    boolean own = event.peer() != null && event.peer().place() == Peer.Place.RUN;
    boolean external = event.peer() == null && !event.address().isLoopback();
    String port =
        own && event.port() >= FIRST_EPHEMERAL ? EPHEMERAL : Integer.toString(event.port());
    return new Target(host(event.host(), event.names(), event.address()), port, protocol, external);
  }

  private static Target tunnel(Tunnel tunnel) {
    String protocol = Protocol.TCP.label();
    if (tunnel.isUnknown()) {
      return new Target("unknown, through " + tunnel.through().endpoint(), "", protocol, true);
    }
    boolean external = tunnel.address() == null || !tunnel.address().isLoopback();
    return new Target(
        host(tunnel.host(), tunnel.names(), tunnel.address()),
        Integer.toString(tunnel.port()),
        protocol,
        external);
  }

  private static String host(String host, List<String> names, Address address) {
    String name = host != null || names.isEmpty() ? host : names.get(0);
    return name == null ? address.toString() : Text.printable(name);
  }

  private static String own(Event.Inet event, int port) {
    return event.ephemeral() ? EPHEMERAL : Integer.toString(port);
  }
}
