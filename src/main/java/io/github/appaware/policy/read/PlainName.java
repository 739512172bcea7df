package io.github.appaware.policy.read;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A buffer for one host name in plain ASCII, which needs no normal form but lower case: the fast
 * path of {@link HostListReader}, without an object for each name.
 */
final class PlainName {
  /** Names of the machine itself in hosts files: part of the file's form, not of the list. */
  private static final Set<String> OF_THE_MACHINE =
      Set.of(
          "localhost",
          "localhost.localdomain",
          "local",
          "broadcasthost",
          "ip6-localhost",
          "ip6-loopback",
          "ip6-localnet",
          "ip6-mcastprefix",
          "ip6-allnodes",
          "ip6-allrouters",
          "ip6-allhosts");

  private static final int LONGEST_OF_THE_MACHINE = "localhost.localdomain".length();
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;

  private final byte[] bytes = new byte[LONGEST_NAME + 1];
  private int length;

  /** The name in lower case, in the first {@link #length} bytes. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Whether the name is one that hosts files give to the machine itself. */
  boolean isOfTheMachine() {
    // Length and first letter already exclude most names.
    return length <= LONGEST_OF_THE_MACHINE
        && "lbi".indexOf(bytes[0]) >= 0
        && OF_THE_MACHINE.contains(new String(bytes, 0, length, StandardCharsets.US_ASCII));
  }

  /** Reads a name; false if it is not a plain one. */
  boolean read(byte[] from, int start, int stop) {
    int end = stop > start && from[stop - 1] == '.' ? stop - 1 : stop;
    length = end - start;
    if (length < 1 || length > LONGEST_NAME) {
      return false;
    }
    int label = 0;
    boolean letter = false;
    for (int i = 0; i < length; i++) {
      byte b = from[start + i];
      if (b >= 'A' && b <= 'Z') {
        b = (byte) (b + 'a' - 'A');
      }
      if ((b >= 'a' && b <= 'z') || b == '-' || b == '_') {
        letter = true;
        label++;
      } else if (b >= '0' && b <= '9') {
        label++;
      } else if (b == '.' && label > 0) {
        label = 0;
        letter = false;
      } else {
        return false;
      }
      if (label > LONGEST_LABEL) {
        return false;
      }
      bytes[i] = b;
    }
    // Some readers take a last label of digits alone, or of hexadecimal digits, for an address.
    boolean hex = label > 1 && bytes[length - label] == '0' && bytes[length - label + 1] == 'x';
    return letter && label > 0 && !hex;
  }
}
