package io.github.appaware.agent;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The far ends that a test may reach by its own word; the server's verdict applies as well. Unix
 * domain sockets and blind events are the policy's affair alone.
 *
 * <p>A test whose {@code localhost} is allowed may listen: on loopback addresses, and on the
 * wildcard address, as servers in tests mostly do; peers from elsewhere are turned away.
 */
final class TestRestriction {
  private static final int LAST_PORT = 65_535;
  private static final String LOCALHOST = "localhost";

  private final List<Far> allowed = new ArrayList<>();

  /**
   * One far end.
   *
   * @param host a name in lower case, {@code localhost} for this machine, or empty
   * @param below whether it is every name below that one
   * @param address an address; null if it is a name
   */
  private record Far(String host, boolean below, Address address, int first, int last) {}

  /**
   * Reads the texts.
   *
   * @throws IllegalArgumentException that says what is wrong with one
   */
  TestRestriction(String[] far) {
    for (String text : far) {
      allowed.add(parse(text));
    }
  }

  private static Far parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || colon == text.length() - 1 || text.indexOf(']') > colon) {
      throw expected(text);
    }
    String host = text.substring(0, colon).toLowerCase(Locale.ROOT);
    String ports = text.substring(colon + 1);
    int dash = ports.indexOf('-');
    boolean any = ports.equals("*");
    int first = any ? 0 : port(text, dash < 0 ? ports : ports.substring(0, dash));
    int last = any ? LAST_PORT : dash < 0 ? first : port(text, ports.substring(dash + 1));
    if (first > last) {
      throw expected(text);
    }
    if (host.equals("*")) {
      return new Far("", true, null, first, last);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      return new Far("", false, address(text, host.substring(1, host.length() - 1)), first, last);
    }
    if (host.indexOf(':') >= 0) {
      throw expected(text);
    }
    if (isNumeric(host)) {
      return new Far("", false, address(text, host), first, last);
    }
    boolean below = host.startsWith("*.");
    String name = below ? host.substring(2) : host;
    if (name.isEmpty() || name.indexOf('*') >= 0 || name.indexOf('/') >= 0) {
      throw expected(text);
    }
    return new Far(name, below, null, first, last);
  }

  private static boolean isNumeric(String host) {
    for (int i = 0; i < host.length(); i++) {
      if ((host.charAt(i) < '0' || host.charAt(i) > '9') && host.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }

  private static int port(String text, String number) {
    try {
      int port = Integer.parseInt(number);
      if (port >= 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw expected(text);
  }

  private static Address address(String text, String written) {
    Address address = AddressText.parse(written);
    if (address == null) {
      throw expected(text);
    }
    return address;
  }

  private static IllegalArgumentException expected(String text) {
    return new IllegalArgumentException(
        "invalid far end `"
            + text
            + "`: expected HOST:PORT, e.g. localhost:*, *.example.com:443, 192.0.2.1:8000-8099,"
            + " [::1]:*");
  }

  /** Whether the test may do that. */
  boolean allows(Event event) {
    if (event instanceof Event.Resolve resolve) {
      return resolve.host() == null
          ? mayReach(null, List.of(), resolve.address(), -1)
          : mayReach(resolve.host(), List.of(), null, -1);
    }
    if (event instanceof Tunnel tunnel) {
      return !tunnel.isUnknown()
          && mayReach(tunnel.host(), tunnel.names(), tunnel.address(), tunnel.port());
    }
    if (event instanceof Event.Inet inet) {
      return switch (inet.kind()) {
        case BIND, LISTEN ->
            inet.address().isWildcard()
                ? mayReach(LOCALHOST, List.of(), null, inet.port())
                : mayReach(null, List.of(), inet.address(), inet.port());
        case ACCEPT, RECEIVE -> mayReach(null, List.of(), inet.address(), -1);
        default -> mayReach(inet.host(), inet.names(), inet.address(), inet.port());
      };
    }
    return event.kind() == EventKind.BLIND || event instanceof Event.Unix;
  }

  /** With any port where it is negative: look-ups, and peers, whose ports are chance. */
  private boolean mayReach(String host, List<String> known, Address address, int port) {
    for (Far far : allowed) {
      boolean isPort = port < 0 || (port >= far.first && port <= far.last);
      if (isPort && isHost(far, host, known, address)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHost(Far far, String host, List<String> known, Address address) {
    if (far.address != null) {
      return far.address.equals(address);
    }
    if (far.host.equals(LOCALHOST) && address != null && address.isLoopback()) {
      return true;
    }
    if (host != null) {
      return isName(far, host);
    }
    if (far.host.isEmpty()) {
      return true;
    }
    for (String name : known) {
      if (isName(far, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isName(Far far, String name) {
    return far.below ? far.host.isEmpty() || name.endsWith("." + far.host) : name.equals(far.host);
  }
}
