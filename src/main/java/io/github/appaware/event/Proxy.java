package io.github.appaware.event;

import java.util.Objects;

/**
 * The endpoint of a proxy server.
 *
 * @param host the name by which the application asked for it, in normal form, or null
 * @param address its address, or null where only the name is known
 * @param port 0 to 65535
 */
public record Proxy(String host, Address address, int port) {
  public Proxy {
    if (host == null && address == null) {
      throw new IllegalArgumentException("expected a name or an address");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /** {@code proxy.corp:3128}, {@code [::1]:1080}. */
  public String endpoint() {
    return Tunnel.endpoint(host, address, port);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Proxy that
        && port == that.port
        && Objects.equals(host, that.host)
        && Objects.equals(address, that.address);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Objects.hashCode(host) + Objects.hashCode(address)) + port;
  }
}
