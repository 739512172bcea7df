package io.github.appaware.agent;

import io.github.appaware.event.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses as text, in the place of a host's name. */
final class AddressText {
  private AddressText() {}

  /**
   * The address: IPv6 with or without brackets, IPv4 as four decimal numbers; null for all else,
   * also for what only some readers take for an address.
   */
  static Address parse(String text) {
    if (text.indexOf(':') < 0) {
      return four(text);
    }
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    int scope = bare.indexOf('%');
    String address = scope < 0 ? bare : bare.substring(0, scope);
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
        return null; // not for the JDK, which would look it up
      }
    }
    try {
      return Address.of(InetAddress.getByName("[" + address + "]").getAddress());
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static Address four(String text) {
    byte[] address = new byte[4];
    int at = 0;
    for (int i = 0; i < 4; i++) {
      int end = i < 3 ? text.indexOf('.', at) : text.length();
      int length = end - at;
      if (end < 0 || length < 1 || length > 3 || (length > 1 && text.charAt(at) == '0')) {
        return null;
      }
      int number = 0;
      for (int j = at; j < end; j++) {
        char c = text.charAt(j);
        if (c < '0' || c > '9') {
          return null;
        }
        number = 10 * number + c - '0';
      }
      if (number > 255) {
        return null;
      }
      address[i] = (byte) number;
      at = end + 1;
    }
    return Address.of(address);
  }
}
