package io.github.appaware.policy.explain;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.model.AddressLiteral;
import io.github.appaware.policy.model.Decimal;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.Keywords;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.UserText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parses events as people and messages write them: {@code connect example.com:443}, {@code send udp
 * to 10.0.0.1:53}.
 */
public final class EventParser {
  /** Stands for an unknown address; from a network for documentation (RFC 5737, section 3). */
  public static final Address UNKNOWN = Address.of(new byte[] {(byte) 192, 0, 2, 1});

  private static final Set<String> PREPOSITIONS = Set.of("to", "of", "on", "from");
  private static final int HIGHEST_PORT = 65535;

  private final EventKind kind;
  private final Optional<Address> address;
  private final int localPort;

  private EventParser(EventKind kind, Optional<Address> address, int localPort) {
    this.kind = kind;
    this.address = address;
    this.localPort = localPort;
  }

  /**
   * The event.
   *
   * @param event what is about to be done: {@code connect}
   * @param words the protocol, if it is not the usual one; then a host or an address and a port, or
   *     a path
   * @param address the address of a host that the words name, or null
   * @param localPort the own port of accept and receive, else 0
   * @throws MalformedValue if the words are no event
   */
  public static Event parse(String event, List<String> words, String address, int localPort)
      throws MalformedValue {
    EventKind kind = Keywords.event(event);
    if (localPort != 0 && !kind.isInbound()) {
      throw new MalformedValue(
          "`" + kind.label() + "` has no local port", "`accept` and `receive` have one");
    }
    if (localPort < 0 || localPort > HIGHEST_PORT) {
      throw new MalformedValue("`" + localPort + "` is not a port", "write one from 1 to 65535");
    }
    return parse(kind, words, address, localPort);
  }

  /**
   * The same.
   *
   * @param localPort the own port of accept and receive as a policy has it, or empty: {@code 8080},
   *     {@code ephemeral} for one that the system chose
   */
  public static Event parse(String event, List<String> words, String address, String localPort)
      throws MalformedValue {
    if (localPort.isEmpty()) {
      return parse(event, words, address, 0);
    }
    PortRange port = PortRange.parse(localPort);
    if (!port.equals(PortRange.EPHEMERAL)) {
      return parse(event, words, address, port.low() == port.high() ? port.low() : -1);
    }
    Event parsed = parse(event, words, address, HIGHEST_PORT);
    return parsed instanceof Event.Inet inet ? inet.withLocalPort(0).asEphemeral() : parsed;
  }

  private static Event parse(EventKind kind, List<String> words, String address, int localPort)
      throws MalformedValue {
    Optional<Address> known =
        address == null ? Optional.empty() : Optional.of(farEnd(kind, address));
    return new EventParser(kind, known, localPort).parse(words);
  }

  private Event parse(List<String> words) throws MalformedValue {
    int at = 0;
    Optional<Protocol> named = protocol(words.get(0));
    if (named.isPresent() && words.size() > 1) {
      at++;
    }
    if (PREPOSITIONS.contains(words.get(at)) && words.size() > at + 1) {
      at++;
    }
    String endpoint = words.get(at);
    if (words.size() > at + 1) {
      throw new MalformedValue(
          UserText.quoted(words.get(at + 1)) + " is unexpected",
          "write an event, a protocol if it is not the usual one, and an endpoint");
    }
    if (kind == EventKind.RESOLVE) {
      if (named.isPresent() && at > 0) {
        throw new MalformedValue("a look-up has no protocol", "write `resolve " + endpoint + "`");
      }
      return lookUp(endpoint);
    }
    return event(named.orElseGet(() -> usual(endpoint)), endpoint);
  }

  private static Optional<Protocol> protocol(String word) {
    return Arrays.stream(Protocol.values()).filter(each -> each.label().equals(word)).findFirst();
  }

  private Protocol usual(String endpoint) {
    if (endpoint.startsWith("/")) {
      return Protocol.UNIX;
    }
    return kind == EventKind.SEND || kind == EventKind.RECEIVE ? Protocol.UDP : Protocol.TCP;
  }

  private Event lookUp(String endpoint) throws MalformedValue {
    requireNoAddress("a look-up has either a name or an address");
    String bare = withoutBrackets(endpoint);
    return isAddress(bare)
        ? new Event.Resolve(null, Address.of(AddressLiteral.parse(bare)))
        : new Event.Resolve(name(endpoint), null);
  }

  private Event event(Protocol protocol, String endpoint) throws MalformedValue {
    if (protocol == Protocol.UNIX) {
      requireNoAddress("a Unix-domain socket has no address");
      if (!endpoint.startsWith("/")) {
        throw new MalformedValue(
            "the path " + UserText.quoted(endpoint) + " is not absolute", "begin it with `/`");
      }
      if (endpoint.indexOf('\0') >= 0) {
        throw new MalformedValue("the path " + UserText.quoted(endpoint) + " is not a path", "");
      }
      return new Event.Unix(kind, Path.of(endpoint).normalize().toString());
    }
    int colon = endpoint.lastIndexOf(':');
    boolean bracketed = endpoint.startsWith("[");
    if (colon < 0 || (bracketed && colon < endpoint.indexOf(']'))) {
      throw new MalformedValue(
          UserText.quoted(endpoint) + " has no port",
          "write " + UserText.quoted(endpoint + ":443"));
    }
    String far = endpoint.substring(0, colon);
    if (!bracketed && far.indexOf(':') >= 0) {
      throw new MalformedValue(
          UserText.quoted(endpoint) + " is not an endpoint",
          "write IPv6 addresses as in `[::1]:443`");
    }
    String digits = endpoint.substring(colon + 1);
    if (digits.equals(PortRange.EPHEMERAL.toString())) {
      Event event = inet(protocol, withoutBrackets(far), 0);
      return kind.isInbound() ? event : ((Event.Inet) event).asEphemeral();
    }
    int port = Decimal.parse(digits, HIGHEST_PORT);
    if (port < 0) {
      throw new MalformedValue(
          UserText.quoted(digits) + " is not a port", "write one from 0 to 65535, or `ephemeral`");
    }
    return inet(protocol, withoutBrackets(far), port);
  }

  private Event inet(Protocol protocol, String far, int port) throws MalformedValue {
    if (isAddress(far)) {
      requireNoAddress("the endpoint has an address already");
      Address literal = farEnd(kind, far);
      return new Event.Inet(kind, protocol, literal, port, null, List.of(), localPort);
    }
    if (kind == EventKind.BIND || kind == EventKind.LISTEN) {
      throw new MalformedValue(
          UserText.quoted(far) + " is not an address",
          "`" + kind.label() + "` has a local address, such as `0.0.0.0:8080`");
    }
    Address known = address.orElse(UNKNOWN);
    Event.Inet unnamed = new Event.Inet(kind, protocol, known, port, null, List.of(), localPort);
    // A peer is never asked for by name: the name is one that the process knows.
    return kind.isInbound() ? unnamed.withNames(List.of(name(far))) : unnamed.withHost(name(far));
  }

  /** To a socket, the wildcard as a far end is this machine. */
  private static Address farEnd(EventKind kind, String text) throws MalformedValue {
    Address literal = Address.of(AddressLiteral.parse(text));
    boolean isFar = kind == EventKind.CONNECT || kind == EventKind.SEND;
    if (!isFar || !literal.isWildcard()) {
      return literal;
    }
    byte[] loopback = literal.bytes();
    if (loopback.length == 4) {
      loopback[0] = 127;
    }
    loopback[loopback.length - 1] = 1;
    return Address.of(loopback);
  }

  private void requireNoAddress(String why) throws MalformedValue {
    if (address.isPresent()) {
      throw new MalformedValue(why, "leave `--address` out");
    }
  }

  /** Digits and dots alone are never a name, and only addresses have colons. */
  private static boolean isAddress(String text) {
    return text.indexOf(':') >= 0 || text.matches("[0-9.]+");
  }

  private static String withoutBrackets(String text) {
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }

  private static String name(String text) throws MalformedValue {
    HostPattern name = HostPattern.parse(text);
    if (name.below()) {
      throw new MalformedValue(
          UserText.quoted(text) + " is a pattern, not a host name", "write one name");
    }
    return name.name();
  }
}
