package io.github.appaware.policy.model;

import io.github.appaware.event.Address;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses that a rule names: one, a network, or a named set.
 *
 * <p>An IPv4-mapped address or network is the IPv4 one, so {@code ::/0} is every IPv6 address and
 * no IPv4 address; the set {@code any} is both.
 *
 * @param text as policies have it, in normal form
 * @param networks the networks that it consists of
 */
public record AddressPattern(String text, List<Network> networks) {
  /** The bits in front of the IPv4 address in a mapped one. */
  private static final int MAPPED_BITS = 96;

  /**
   * The addresses that begin with the same bits.
   *
   * @param address its bits after the first {@code length} are zero
   * @param length 0 to 32 or 128
   */
  public record Network(Address address, int length) {
    /** The network of these 4 or 16 bytes, in IPv4 if they are a mapped one. */
    private static Network of(byte[] raw, int length) {
      Address address = Address.of(raw);
      boolean mapped = address.bits() < raw.length * 8;
      return new Network(address, mapped ? length - MAPPED_BITS : length);
    }

    /** The network of that length in which the address is. */
    public static Network around(Address address, int length) {
      return new Network(Address.of(masked(address.bytes(), length)), length);
    }

    /** As policies have it: {@code 10.0.0.0/8}, and a single address without its length. */
    @Override
    public String toString() {
      return length == address.bits() ? address.toString() : address + "/" + length;
    }
  }

  public AddressPattern {
    networks = List.copyOf(networks);
  }

  public boolean matches(Address address) {
    for (int i = 0; i < networks.size(); i++) {
      Network network = networks.get(i);
      if (address.startsWith(network.address(), network.length())) {
        return true;
      }
    }
    return false;
  }

  /** Reads {@code 10.0.0.1}, {@code fd00::/8}, {@code loopback}. */
  public static AddressPattern parse(String text) throws MalformedValue {
    if (text.isEmpty()) {
      throw new MalformedValue("the address is empty, so it matches nothing", "");
    }
    if (AddressSet.labels().contains(text)) {
      return AddressSet.labelled(text);
    }
    if (UserText.isWord(text)) {
      throw new MalformedValue(
          UserText.quoted(text) + " is neither an address nor a named set",
          Suggestion.help(text, AddressSet.labels()));
    }
    Network network = network(text);
    return new AddressPattern(network.toString(), List.of(network));
  }

  /** One address, or a network in the notation of RFC 4632 and RFC 4291. */
  static Network network(String text) throws MalformedValue {
    int slash = text.indexOf('/');
    byte[] raw = AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash));
    int bits = raw.length * 8;
    int length = slash < 0 ? bits : Decimal.parse(text.substring(slash + 1), bits);
    if (length < 0) {
      throw new MalformedValue(
          UserText.quoted(text) + " has an invalid prefix length",
          "write a number from 0 to " + bits);
    }
    byte[] masked = masked(raw, length);
    if (!Arrays.equals(masked, raw)) {
      throw new MalformedValue(
          UserText.quoted(text) + " has bits set beyond its prefix",
          "the network is `" + Network.of(masked, length) + "`");
    }
    return Network.of(raw, length);
  }

  private static byte[] masked(byte[] raw, int length) {
    byte[] masked = raw.clone();
    for (int bit = length; bit < raw.length * 8; bit++) {
      masked[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    return masked;
  }

  @Override
  public String toString() {
    return text;
  }
}
