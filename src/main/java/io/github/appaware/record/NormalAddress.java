package io.github.appaware.record;

import io.github.appaware.event.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Reads an address in the one form that {@link Address#toString} writes. */
final class NormalAddress {
  private NormalAddress() {}

  static Address parse(String text) throws RecordFormatException {
    Address address = text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
    if (address == null || !address.toString().equals(text)) {
      throw new RecordFormatException("invalid address `" + text + "`");
    }
    return address;
  }

  /** In brackets nothing is looked up. */
  private static Address ipv6(String text) {
    try {
      return Address.of(InetAddress.getByName("[" + text + "]").getAddress());
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Not through {@code InetAddress}, which takes what is no literal to the name service. */
  private static Address ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        bytes[i] = (byte) Integer.parseInt(parts[i]);
      }
      return bytes.length == 4 ? Address.of(bytes) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
