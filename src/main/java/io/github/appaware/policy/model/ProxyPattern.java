package io.github.appaware.policy.model;

import io.github.appaware.event.Address;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Tunnel;

/**
 * A pattern of the proxy that an event goes through: a host as in {@code host} or an address as in
 * {@code address}, both with or without a port or a range of ports behind a colon; {@code any} for
 * every proxy; {@code unknown-target} for every proxy where the target can't be observed.
 *
 * <p>Where the proxy's address is not known, an address pattern in a rule that allows does not
 * match, and one in a rule that denies or asks does.
 */
public final class ProxyPattern {
  private static final String ANY = "any";
  private static final String UNKNOWN = "unknown-target";

  private final String text;

  /** Null where the proxy's name does not count; likewise its address. */
  private final HostPattern host;

  private final AddressPattern address;

  /** Null for every port. */
  private final PortRange ports;

  private ProxyPattern(String text, HostPattern host, AddressPattern address, PortRange ports) {
    this.text = text;
    this.host = host;
    this.address = address;
    this.ports = ports;
  }

  /** The pattern that a policy spells so. */
  public static ProxyPattern parse(String text) throws MalformedValue {
    if (text.isEmpty()) {
      throw new MalformedValue("the proxy is empty, so it matches nothing", "");
    }
    if (text.equals(ANY) || text.equals(UNKNOWN)) {
      return new ProxyPattern(text, null, null, null);
    }
    int scheme = text.indexOf("://");
    if (scheme >= 0) {
      throw new MalformedValue(
          UserText.quoted(text) + " is a URL, not a proxy",
          "write host and port alone, as in `proxy.example.com:3128`");
    }
    String far = text;
    PortRange ports = null;
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[") && text.indexOf(']') > 0;
    boolean hasPort =
        bracketed ? text.indexOf(']') < colon : colon >= 0 && text.indexOf(':') == colon;
    if (hasPort) {
      ports = PortRange.parse(text.substring(colon + 1));
      far = text.substring(0, colon);
    }
    if (bracketed && far.endsWith("]")) {
      far = far.substring(1, far.length() - 1);
    }
    boolean isAddress =
        far.indexOf(':') >= 0
            || far.indexOf('/') >= 0
            || isDigits(far)
            || AddressSet.labels().contains(far);
    return isAddress
        ? new ProxyPattern(text, null, AddressPattern.parse(far), ports)
        : new ProxyPattern(text, HostPattern.parse(far), null, ports);
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /** The narrowest pattern that a proxy has: its name, else its address, with the port. */
  public static String of(Proxy proxy) {
    return proxy.endpoint();
  }

  /** Whether it is one proxy. */
  public boolean isLiteral() {
    boolean isOne =
        host == null
            ? address != null && address.networks().size() == 1 && isSingle()
            : !host.below();
    return isOne && ports != null && ports.low() == ports.high();
  }

  private boolean isSingle() {
    AddressPattern.Network network = address.networks().get(0);
    return network.length() == network.address().bits();
  }

  /**
   * The proxy that a literal pattern stands for.
   *
   * @throws IllegalStateException for another pattern
   */
  public Proxy proxy() {
    if (!isLiteral()) {
      throw new IllegalStateException(text);
    }
    return host != null
        ? new Proxy(host.name(), null, ports.low())
        : new Proxy(null, address.networks().get(0).address(), ports.low());
  }

  /**
   * Whether a rule with this pattern is about the event, as far as the proxy goes.
   *
   * @param action of the rule
   */
  public boolean matches(Tunnel event, Action action) {
    if (text.equals(ANY)) {
      return true;
    }
    if (text.equals(UNKNOWN)) {
      return event.isUnknown();
    }
    Proxy proxy = event.through();
    if (ports != null && !ports.contains(proxy.port())) {
      return false;
    }
    if (host != null) {
      return proxy.host() != null && host.matches(proxy.host());
    }
    return proxy.address() == null
        ? action != Action.ALLOW
        : isAt(proxy.address(), action != Action.ALLOW);
  }

  /** An IPv4 address written into an IPv6 address must not evade a denial. */
  private boolean isAt(Address proxy, boolean embedded) {
    if (address.matches(proxy)) {
      return true;
    }
    return embedded && EmbeddedAddresses.of(proxy).stream().anyMatch(address::matches);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProxyPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
