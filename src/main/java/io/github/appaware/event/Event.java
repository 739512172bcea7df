package io.github.appaware.event;

import java.util.List;

/**
 * One thing the application is about to do with the network, not yet done. Names in it come from
 * the application: they are hostile text until {@link Text#printable escaped}.
 */
public sealed interface Event {
  /** What is about to be done. */
  EventKind kind();

  /** The endpoint as people write it: {@code example.com:443}, {@code [::1]:80}, {@code /run/x}. */
  String endpoint();

  /** One line for messages: {@code connect tcp to example.com:443}. */
  String describe();

  /**
   * A look-up.
   *
   * @param host the name to be looked up, in normal form, or null for a reverse look-up
   * @param address the address to be turned into a name, or null for a forward look-up
   */
  record Resolve(String host, Address address) implements Event {
    public Resolve {
      if ((host == null) == (address == null)) {
        throw new IllegalArgumentException("either a name or an address");
      }
    }

    @Override
    public EventKind kind() {
      return EventKind.RESOLVE;
    }

    @Override
    public String endpoint() {
      return host != null ? Text.printable(host) : address.toString();
    }

    @Override
    public String describe() {
      return "resolve " + endpoint();
    }
  }

  /**
   * Anything with an IP address.
   *
   * @param address the far end of connect and send, the peer of accept and receive, the local
   *     address of bind and listen
   * @param port the port that belongs to the address, 0 to 65535
   * @param hosts the names that this process resolved to the address, in normal form, the one the
   *     application used first; empty when it never did
   */
  record Inet(EventKind kind, Protocol protocol, Address address, int port, List<String> hosts)
      implements Event {
    public Inet {
      hosts = List.copyOf(hosts);
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("port " + port);
      }
    }

    @Override
    public String endpoint() {
      if (!hosts.isEmpty()) {
        return Text.printable(hosts.get(0)) + ":" + port;
      }
      return address.bits() == 32 ? address + ":" + port : "[" + address + "]:" + port;
    }

    @Override
    public String describe() {
      return kind.label() + " " + protocol.label() + " " + kind.preposition() + " " + endpoint();
    }
  }

  /**
   * Anything with a Unix-domain socket.
   *
   * @param path the real path, links followed; empty for an unnamed socket
   * @param given the path as the application gave it, absolute and normalized as text
   */
  record Unix(EventKind kind, String path, String given) implements Event {
    /** With a path that no link leads to. */
    public Unix(EventKind kind, String path) {
      this(kind, path, path);
    }

    @Override
    public String endpoint() {
      return Text.printable(path);
    }

    @Override
    public String describe() {
      return kind.label() + " unix " + kind.preposition() + " " + endpoint();
    }
  }
}
