package io.github.appaware.record;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Text;
import io.github.appaware.event.Tunnel;
import java.util.Locale;

/**
 * Which code does what to which far end, by what stays the same from one run to the next: versions
 * of libraries, addresses of names, ports that the system chose and names of temporary files do not
 * count.
 *
 * @param app the application: its id, else its file name
 * @param kind the kind of event
 * @param protocol the transport; null for look-ups and blind events
 * @param target the far end or the own one, for people
 * @param library the code that caused it, without version; may be empty
 */
public record Destination(
    String app, EventKind kind, Protocol protocol, String target, String library) {
  /** From here on systems choose ports by themselves (Linux's default; IANA's is higher). */
  private static final int FIRST_EPHEMERAL = 32_768;

  private static final String EPHEMERAL = "ephemeral";

  /** Of an entry; of one that is {@linkplain RecordEntry#cut cut}, of one of its events. */
  public static Destination of(RecordEntry entry) {
    Application app = entry.application();
    Event event = entry.event();
    String name = app.id().isEmpty() ? StableNames.of(app.file()) : app.id();
    return new Destination(
        Text.printable(name),
        event.kind(),
        protocol(event),
        target(event),
        Text.printable(StableNames.of(LibraryNames.unversioned(entry.origin()))));
  }

  private static Protocol protocol(Event event) {
    if (event instanceof Event.Inet inet) {
      return inet.protocol();
    }
    if (event instanceof Event.Unix) {
      return Protocol.UNIX;
    }
    return event instanceof Tunnel ? Protocol.TCP : null;
  }

  private static String target(Event event) {
    if (event instanceof Event.Inet inet) {
      return inet(inet);
    }
    if (event instanceof Event.Unix unix) {
      return Text.printable(StableNames.of(unix.path()));
    }
    if (event instanceof Event.Blind blind) {
      return blind.way().label() + " " + Text.printable(StableNames.of(program(blind)));
    }
    return event.endpoint();
  }

  /** Of a command the program; its arguments may be anything. */
  private static String program(Event.Blind blind) {
    return switch (blind.way()) {
      case ATTACH -> "";
      case PROCESS -> blind.what().split(" ", 2)[0];
      case LIBRARY, FOREIGN -> blind.what();
    };
  }

  private static String inet(Event.Inet event) {
    if (event.kind().isInbound()) {
      String from = event.address().isLoopback() ? "loopback" : "others";
      return from + " at port " + own(event, event.localPort());
    }
    boolean local = event.kind() == EventKind.BIND || event.kind() == EventKind.LISTEN;
    if (local) {
      return event.address() + " port " + own(event, event.port());
    }
    String host =
        event.host() != null || event.names().isEmpty() ? event.host() : event.names().get(0);
    boolean own = event.peer() != null && event.peer().place() == Peer.Place.RUN;
    // Its own server's port is another one each time, where the system chose it.
    String port =
        own && event.port() >= FIRST_EPHEMERAL ? EPHEMERAL : Integer.toString(event.port());
    return (host == null ? event.address().toString() : Text.printable(host)) + " port " + port;
  }

  private static String own(Event.Inet event, int port) {
    return event.ephemeral() ? EPHEMERAL : Integer.toString(port);
  }

  /** {@code billing: connect tcp repo1.maven.org port 443, from org.postgresql:postgresql}. */
  public String describe() {
    return app
        + ": "
        + kind.label()
        + (protocol == null ? "" : " " + protocol.name().toLowerCase(Locale.ROOT))
        + " "
        + target
        + (library.isEmpty() ? "" : ", from " + library);
  }
}
