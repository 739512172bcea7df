package io.github.appaware.policy.model;

import io.github.appaware.event.Address;
import java.util.List;

/**
 * The IPv4 addresses that an IPv6 address may lead to, by the forms of translators and tunnels. A
 * rule that denies or asks about one of them is about the IPv6 address as well. A rule that allows
 * is not: such an address is written by the program, and whether there is a translator, and which,
 * is the network's doing.
 *
 * <p>The IPv4-mapped form is no such form: it is the IPv4 address to every socket, see {@link
 * Address}.
 */
public final class EmbeddedAddresses {
  private static final List<Address> NONE = List.of();

  private EmbeddedAddresses() {}

  /** All that it may lead to; empty for most addresses. */
  public static List<Address> of(Address address) {
    if (address.bits() == 32) {
      return NONE;
    }
    int first = address.word(0);
    if (first == 0x0064ff9b) {
      return translated(address);
    }
    if (first == 0x20010000) {
      return teredo(address);
    }
    if (first >>> 16 == 0x2002) {
      return List.of(at(address, 2, 3, 4, 5)); // 6to4: RFC 3056, section 2
    }
    int interfaceId = address.word(2);
    if ((interfaceId & ~0x02000000) == 0x00005efe) {
      return List.of(at(address, 12, 13, 14, 15)); // ISATAP: RFC 5214, section 6.1
    }
    boolean isShort = first == 0 && address.word(1) == 0;
    if (isShort && interfaceId == 0) {
      // IPv4-compatible: RFC 4291, section 2.5.5.1; but not :: and ::1
      return (address.word(3) & ~1) == 0 ? NONE : List.of(at(address, 12, 13, 14, 15));
    }
    return isShort && interfaceId == 0xffff0000
        ? List.of(at(address, 12, 13, 14, 15)) // IPv4-translated: RFC 7915, section 1.3
        : NONE;
  }

  /** NAT64: RFC 6052, section 2.1; for local use with prefixes of any length: RFC 8215. */
  private static List<Address> translated(Address address) {
    if (address.word(1) == 0 && address.word(2) == 0) {
      return List.of(at(address, 12, 13, 14, 15));
    }
    if (address.word(1) >>> 16 != 1) {
      return NONE;
    }
    // RFC 6052, section 2.2: the byte with the bits 64 to 71 is left out.
    return List.of(
        at(address, 6, 7, 9, 10),
        at(address, 7, 9, 10, 11),
        at(address, 9, 10, 11, 12),
        at(address, 12, 13, 14, 15));
  }

  /** RFC 4380, section 4: the server's address, and the client's with all bits inverted. */
  private static List<Address> teredo(Address address) {
    byte[] client = at(address, 12, 13, 14, 15).bytes();
    for (int i = 0; i < client.length; i++) {
      client[i] = (byte) ~client[i];
    }
    return List.of(at(address, 4, 5, 6, 7), Address.of(client));
  }

  private static Address at(Address address, int... places) {
    byte[] raw = address.bytes();
    byte[] inner = new byte[places.length];
    for (int i = 0; i < places.length; i++) {
      inner[i] = raw[places[i]];
    }
    return Address.of(inner);
  }
}
