package io.github.appaware.policy.model;

import io.github.appaware.event.Address;

/**
 * Reads literal addresses, strictly: RFC 6943, section 3.1.1 tells what comes of readers that
 * disagree on {@code 010.0.0.1}, and {@code InetAddress} would take other text to the name service.
 */
public final class AddressLiteral {
  private static final byte[] NONE = {};

  private AddressLiteral() {}

  /**
   * The 4 or 16 bytes, an IPv4-mapped IPv6 address still being 16.
   *
   * @throws MalformedValue saying what is wrong
   */
  public static byte[] parse(String text) throws MalformedValue {
    byte[] raw = text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
    if (raw != null) {
      return raw;
    }
    throw new MalformedValue(UserText.quoted(text) + " is not an address", help(text));
  }

  /**
   * The address of a name server.
   *
   * @throws MalformedValue saying what is wrong
   */
  public static Address nameServer(String text) throws MalformedValue {
    try {
      return Address.of(parse(text));
    } catch (MalformedValue e) {
      throw new MalformedValue(e.getMessage(), "write the server's address alone; its port is 53");
    }
  }

  private static String help(String text) {
    if (text.indexOf('%') > 0) {
      return "leave the scope out: " + UserText.quoted(text.substring(0, text.indexOf('%')));
    }
    if (text.startsWith("[")) {
      return "leave the brackets out, and a port in `port`";
    }
    if (text.matches("[0-9.]+:[0-9]+")) {
      return "write the port in `port`";
    }
    if (text.matches("[0-9.]+")) {
      return "write four decimal numbers from 0 to 255 without leading zeros";
    }
    if (text.indexOf(':') >= 0) {
      return "write eight groups of up to four hexadecimal digits, or `::` once for zeros";
    }
    return "use `host` for names; named sets are " + UserText.list(AddressSet.labels());
  }

  private static byte[] ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] raw = new byte[4];
    for (int i = 0; i < 4; i++) {
      int part = Decimal.parse(parts[i], 255);
      if (part < 0) {
        return null;
      }
      raw[i] = (byte) part;
    }
    return raw;
  }

  /** RFC 4291, section 2.2. */
  private static byte[] ipv6(String text) {
    int gap = text.indexOf("::");
    byte[] head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
    byte[] tail = gap < 0 ? NONE : groups(text.substring(gap + 2), true);
    if (head == null || tail == null) {
      return null;
    }
    int length = head.length + tail.length;
    // The gap stands for at least one group of two bytes.
    if (gap < 0 ? length != 16 : length > 14) {
      return null;
    }
    byte[] raw = new byte[16];
    System.arraycopy(head, 0, raw, 0, head.length);
    System.arraycopy(tail, 0, raw, 16 - tail.length, tail.length);
    return raw;
  }

  /** The bytes of groups between colons, the last of which may be in dotted decimal; else null. */
  private static byte[] groups(String text, boolean last) {
    if (text.isEmpty()) {
      return NONE;
    }
    String[] parts = text.split(":", -1);
    byte[] ipv4 = last ? ipv4(parts[parts.length - 1]) : null;
    int hex = ipv4 == null ? parts.length : parts.length - 1;
    if (hex > 8) {
      return null;
    }
    byte[] raw = new byte[2 * hex + (ipv4 == null ? 0 : 4)];
    for (int i = 0; i < hex; i++) {
      if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
        return null;
      }
      int group = Integer.parseInt(parts[i], 16);
      raw[2 * i] = (byte) (group >> 8);
      raw[2 * i + 1] = (byte) group;
    }
    if (ipv4 != null) {
      System.arraycopy(ipv4, 0, raw, 2 * hex, 4);
    }
    return raw;
  }
}
