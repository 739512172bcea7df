package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.Operation;
import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.net.InetAddress;

/** Turns the arguments of JDK methods, as the bridge passes them, into events. */
final class EventReader {
  private static final Address WILDCARD = Address.of(new byte[4]);

  /** Further ones say that another process bound the socket, to a port that it asked for. */
  private static final int LISTEN_ARGUMENTS = 3;

  private static final int ACCEPT_ARGUMENTS = 4;

  private final ResolvedNames names;
  private final AskedPorts asked = new AskedPorts();

  EventReader(ResolvedNames names) {
    this.names = names;
  }

  /** The event, or null if the operation is not one. */
  Event read(int operation, Object[] arguments) {
    return switch (operation) {
      case Operation.ACCEPT -> inbound(EventKind.ACCEPT, arguments);
      case Operation.RECEIVE -> inbound(EventKind.RECEIVE, arguments);
      case Operation.BIND -> bind(address(arguments[0]), (Integer) arguments[1], arguments[2]);
      case Operation.LISTEN -> listen(arguments);
      case Operation.UNIX_CONNECT, Operation.UNIX_REACH ->
          UnixPaths.event(EventKind.CONNECT, (String) arguments[0]);
      case Operation.UNIX_BIND -> UnixPaths.event(EventKind.BIND, (String) arguments[0]);
      case Operation.UNIX_LISTEN -> UnixPaths.event(EventKind.LISTEN, (String) arguments[0]);
      case Operation.UNIX_ACCEPT -> UnixPaths.event(EventKind.ACCEPT, (String) arguments[0]);
      case Operation.RESOLVE -> LibraryNames.resolve((String) arguments[0]);
      case Operation.REVERSE -> new Event.Resolve(null, address(arguments[0]));
      default -> throw new IllegalStateException("operation " + operation);
    };
  }

  /** Not an event: every client socket binds to the wildcard address and any free port. */
  private Event bind(Address local, int port, Object transport) {
    if (port != 0) {
      asked.bind(port, transport);
    }
    return local.isWildcard() && port == 0
        ? null
        : new Event.Inet(EventKind.BIND, protocol(transport), local, port);
  }

  private Event listen(Object[] arguments) {
    Address local = address(arguments[0]);
    int port = (Integer) arguments[1];
    if (arguments.length > LISTEN_ARGUMENTS) {
      asked.bind(port, arguments[2]);
    }
    Event.Inet event = new Event.Inet(EventKind.LISTEN, protocol(arguments[2]), local, port);
    return asked.isEphemeral(port, arguments[2]) ? event.asEphemeral() : event;
  }

  private Event inbound(EventKind kind, Object[] arguments) {
    Address peer = address(arguments[0]);
    int port = (Integer) arguments[1];
    int own = (Integer) arguments[3];
    if (arguments.length > ACCEPT_ARGUMENTS) {
      asked.bind(own, arguments[2]);
    }
    Event.Inet event =
        new Event.Inet(kind, protocol(arguments[2]), peer, port, null, names.of(peer), own);
    return asked.isEphemeral(own, arguments[2]) ? event.asEphemeral() : event;
  }

  /** Of an {@link InetAddress}; null is the wildcard. */
  static Address address(Object address) {
    return address == null ? WILDCARD : Address.of(((InetAddress) address).getAddress());
  }

  /** Of one of the bridge's transports. */
  static Protocol protocol(Object transport) {
    return switch ((Integer) transport) {
      case Bridge.DATAGRAM, Bridge.UDP -> Protocol.UDP;
      case Bridge.SCTP -> Protocol.SCTP;
      default -> Protocol.TCP;
    };
  }
}
