package io.github.appaware.event;

import java.util.List;
import java.util.Objects;

/**
 * A network operation that the application is about to perform. Names in it come from the
 * application: they are hostile text until {@link Text#printable escaped}.
 *
 * <p>Events are keys of the agent's cache. Their {@code equals} and {@code hashCode} are explicit,
 * as linking a record's generated ones on the first call would cost each target tens of
 * milliseconds.
 */
public sealed interface Event permits Event.Resolve, Event.Inet, Event.Unix, Event.Blind, Tunnel {
  /** What is about to be done. */
  EventKind kind();

  /** The endpoint as people write it: {@code example.com:443}, {@code [::1]:80}, {@code /run/x}. */
  String endpoint();

  /** One line for messages: {@code connect tcp to example.com:443}. */
  String describe();

  /** The process at the other end; null where the event leaves the machine, or none was found. */
  default Peer peer() {
    return null;
  }

  /** This event with another peer; the same where it can have none. */
  default Event withPeer(Peer newPeer) {
    return this;
  }

  /**
   * A look-up.
   *
   * @param host the name to be looked up, in normal form, or null for a reverse look-up
   * @param address the address to be turned into a name, or null for a forward look-up
   */
  record Resolve(String host, Address address) implements Event {
    public Resolve {
      if ((host == null) == (address == null)) {
        throw new IllegalArgumentException("expected either a name or an address");
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
    public boolean equals(Object other) {
      return other instanceof Resolve that
          && Objects.equals(host, that.host)
          && Objects.equals(address, that.address);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hashCode(host) + Objects.hashCode(address);
    }

    @Override
    public String describe() {
      return "resolve " + endpoint();
    }
  }

  /**
   * An operation on an IP address.
   *
   * @param address the far end of connect and send, the peer of accept and receive, the local
   *     address of bind and listen, where {@code ::} is told as {@code 0.0.0.0}
   * @param port the port that belongs to the address, 0 to 65535
   * @param host the name that the application asked for, in normal form: the one under which this
   *     process resolved the very address object that it uses; null if there is none
   * @param names where there is no host, the known names: those that this process resolved to the
   *     address, in normal form, the most recent first
   * @param localPort the local port of accept and receive, else 0
   * @param peer the process at the other end, or null
   * @param ephemeral whether the system chose the local port, as the application asked for port 0:
   *     of connect, that is the port of the process of the same run that listens there
   */
  record Inet(
      EventKind kind,
      Protocol protocol,
      Address address,
      int port,
      String host,
      List<String> names,
      int localPort,
      Peer peer,
      boolean ephemeral)
      implements Event {
    /** Every local address, of both families: the JDK's sockets are of both, where they can. */
    private static final Address WILDCARD = Address.of(new byte[4]);

    public Inet {
      names = List.copyOf(names);
      boolean isLocal = kind == EventKind.BIND || kind == EventKind.LISTEN;
      if (isLocal && address.isWildcard()) {
        address = WILDCARD;
      }
      ephemeral |= isLocal && port == 0;
      if (host != null && !names.isEmpty()) {
        throw new IllegalArgumentException("host `" + host + "`, names " + names);
      }
      if (port < 0 || port > 65535 || localPort < 0 || localPort > 65535) {
        throw new IllegalArgumentException("port " + port + ", local port " + localPort);
      }
    }

    /** An event at a port that the application or its peer chose. */
    public Inet(
        EventKind kind,
        Protocol protocol,
        Address address,
        int port,
        String host,
        List<String> names,
        int localPort,
        Peer peer) {
      this(kind, protocol, address, port, host, names, localPort, peer, false);
    }

    /** The same, whose peer is not known. */
    public Inet(
        EventKind kind,
        Protocol protocol,
        Address address,
        int port,
        String host,
        List<String> names,
        int localPort) {
      this(kind, protocol, address, port, host, names, localPort, null, false);
    }

    /** An event without a name and of a kind that has no local port. */
    public Inet(EventKind kind, Protocol protocol, Address address, int port) {
      this(kind, protocol, address, port, null, List.of(), 0);
    }

    /** This event with the name that was asked for, instead of others. */
    public Inet withHost(String newHost) {
      return new Inet(
          kind, protocol, address, port, newHost, List.of(), localPort, peer, ephemeral);
    }

    /** This event without a name that was asked for, but with known names. */
    public Inet withNames(List<String> newNames) {
      return new Inet(kind, protocol, address, port, null, newNames, localPort, peer, ephemeral);
    }

    /** This event with another port of the peer. */
    public Inet withPort(int newPort) {
      return new Inet(kind, protocol, address, newPort, host, names, localPort, peer, ephemeral);
    }

    /** This event with another local port. */
    public Inet withLocalPort(int newPort) {
      return new Inet(kind, protocol, address, port, host, names, newPort, peer, ephemeral);
    }

    /** This event, at a port that the system chose. */
    public Inet asEphemeral() {
      return new Inet(kind, protocol, address, port, host, names, localPort, peer, true);
    }

    @Override
    public Inet withPeer(Peer newPeer) {
      return new Inet(kind, protocol, address, port, host, names, localPort, newPeer, ephemeral);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Inet that
          && kind == that.kind
          && protocol == that.protocol
          && port == that.port
          && localPort == that.localPort
          && address.equals(that.address)
          && Objects.equals(host, that.host)
          && names.equals(that.names)
          && ephemeral == that.ephemeral
          && Objects.equals(peer, that.peer);
    }

    @Override
    public int hashCode() {
      int hash = 31 * kind.label().hashCode() + protocol.label().hashCode();
      hash = 31 * (31 * hash + port) + localPort;
      hash = 31 * (31 * hash + address.hashCode()) + Objects.hashCode(host);
      return 31 * hash + names.hashCode();
    }

    @Override
    public String endpoint() {
      if (host != null) {
        return Text.printable(host) + ":" + port;
      }
      return address.bits() == 32 ? address + ":" + port : "[" + address + "]:" + port;
    }

    @Override
    public String describe() {
      return kind.label() + " " + protocol.label() + " " + kind.preposition() + " " + endpoint();
    }
  }

  /**
   * An operation on a Unix-domain socket.
   *
   * @param path the real path, links followed; empty for an unnamed socket
   * @param given the path as the application gave it, absolute and normalized as text
   * @param peer the process at the other end, or null
   */
  record Unix(EventKind kind, String path, String given, Peer peer) implements Event {
    /** An event whose peer is not known. */
    public Unix(EventKind kind, String path, String given) {
      this(kind, path, given, null);
    }

    /** An event whose path has no symbolic links. */
    public Unix(EventKind kind, String path) {
      this(kind, path, path);
    }

    @Override
    public Unix withPeer(Peer newPeer) {
      return new Unix(kind, path, given, newPeer);
    }

    @Override
    public String endpoint() {
      return Text.printable(path);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Unix that
          && kind == that.kind
          && path.equals(that.path)
          && given.equals(that.given)
          && Objects.equals(peer, that.peer);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * kind.label().hashCode() + path.hashCode()) + given.hashCode();
    }

    @Override
    public String describe() {
      return kind.label() + " unix " + kind.preposition() + " " + endpoint();
    }
  }

  /**
   * The start of code that appaware cannot observe: its network operations cause no events.
   *
   * @param way the kind of code
   * @param what the program, library, module or process
   */
  record Blind(Way way, String what) implements Event {
    /** The kind of code. The order is part of the wire format: append only. */
    public enum Way {
      /** A program that is not a JVM with the agent: its command line. */
      PROCESS,
      /** Native code: the library's path or name. */
      LIBRARY,
      /** A native function called through {@code java.lang.foreign}: the calling module. */
      FOREIGN,
      /** Another JVM, which will run code of the application's choice: its process id. */
      ATTACH;

      private final String label = name().toLowerCase(java.util.Locale.ROOT);

      /** The name in messages and the record. */
      public String label() {
        return label;
      }
    }

    @Override
    public EventKind kind() {
      return EventKind.BLIND;
    }

    @Override
    public String endpoint() {
      return Text.printable(what);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Blind that && way == that.way && what.equals(that.what);
    }

    @Override
    public int hashCode() {
      return 31 * way.label().hashCode() + what.hashCode();
    }

    @Override
    public String describe() {
      return "blind " + way.label() + " " + endpoint();
    }
  }
}
