package io.github.appaware.event;

import java.util.List;
import java.util.Objects;

/**
 * A connect that a proxy is to do: the target of a SOCKS or CONNECT tunnel, or the host of a
 * request in absolute form. The connection to the proxy is an event of its own.
 *
 * <p>Mostly the target is a name that the proxy looks up, so that no address is known. Where code
 * connects to a proxy and what it will ask for can't be observed, there is neither: the target is
 * unknown.
 *
 * @param host the name that the proxy gets, or under which this process resolved the very address
 *     object that it gets, in normal form; null if there is none
 * @param names where there is no host, the names that this process resolved to the address, in
 *     normal form, the most recent first
 * @param address the address that the proxy gets, or null
 * @param port the port of the target; 0 if it is unknown
 * @param through the proxy
 */
public record Tunnel(String host, List<String> names, Address address, int port, Proxy through)
    implements Event {
  public Tunnel {
    names = List.copyOf(names);
    Objects.requireNonNull(through, "through");
    if (!names.isEmpty() && (host != null || address == null)) {
      throw new IllegalArgumentException("host `" + host + "`, names " + names);
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
    if (host == null && address == null && port != 0) {
      throw new IllegalArgumentException("an unknown target with port " + port);
    }
  }

  /** A connect to a name. */
  public static Tunnel to(String host, int port, Proxy through) {
    return new Tunnel(host, List.of(), null, port, through);
  }

  /** A connect to what can't be observed. */
  public static Tunnel toUnknown(Proxy through) {
    return new Tunnel(null, List.of(), null, 0, through);
  }

  /** Whether neither name nor address of the target is known. */
  public boolean isUnknown() {
    return host == null && address == null;
  }

  /** This event with the name that was asked for, instead of others. */
  public Tunnel withHost(String newHost) {
    return new Tunnel(newHost, List.of(), address, port, through);
  }

  /** This event without a name that was asked for, but with known names. */
  public Tunnel withNames(List<String> newNames) {
    return new Tunnel(null, newNames, address, port, through);
  }

  /** This event through another proxy. */
  public Tunnel withThrough(Proxy newThrough) {
    return new Tunnel(host, names, address, port, newThrough);
  }

  @Override
  public EventKind kind() {
    return EventKind.CONNECT;
  }

  /** The target alone. */
  public String target() {
    return isUnknown() ? "an unknown target" : endpoint(host, address, port);
  }

  @Override
  public String endpoint() {
    return target() + " through proxy " + through.endpoint();
  }

  static String endpoint(String host, Address address, int port) {
    if (host != null) {
      return Text.printable(host) + ":" + port;
    }
    return address.bits() == 32 ? address + ":" + port : "[" + address + "]:" + port;
  }

  @Override
  public String describe() {
    return "connect tcp to " + endpoint();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tunnel that
        && port == that.port
        && Objects.equals(host, that.host)
        && Objects.equals(address, that.address)
        && names.equals(that.names)
        && through.equals(that.through);
  }

  @Override
  public int hashCode() {
    int hash = 31 * Objects.hashCode(host) + Objects.hashCode(address);
    return 31 * (31 * hash + port) + through.hashCode();
  }
}
