package io.github.appaware.event;

import java.util.Arrays;

/**
 * An IP address in normal form: an IPv4-mapped IPv6 address is the IPv4 address, and a scope is not
 * part of it. So all spellings of an address are the same to a rule.
 */
public final class Address {
  private final byte[] bytes;

  private Address(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The address of these bytes.
   *
   * @param raw 4 or 16 bytes in network order; copied
   * @throws IllegalArgumentException for any other length
   */
  public static Address of(byte[] raw) {
    if (raw.length == 4) {
      return new Address(raw.clone());
    }
    if (raw.length != 16) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + raw.length);
    }
    return new Address(isMapped(raw) ? Arrays.copyOfRange(raw, 12, 16) : raw.clone());
  }

  /** RFC 4291, section 2.5.5.2: eighty zero bits, sixteen one bits, then the IPv4 address. */
  private static boolean isMapped(byte[] raw) {
    for (int i = 0; i < 10; i++) {
      if (raw[i] != 0) {
        return false;
      }
    }
    return raw[10] == -1 && raw[11] == -1;
  }

  /** A copy of the 4 or 16 bytes, in network order. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * 32 bits of the address.
   *
   * @param index 0 for the first 32 bits, up to 3 for an IPv6 address
   */
  public int word(int index) {
    int at = 4 * index;
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  /** 32 or 128. */
  public int bits() {
    return bytes.length * 8;
  }

  /**
   * Whether the first {@code length} bits equal those of {@code network}; false for different
   * families.
   *
   * @param length 0 to {@link #bits()} of the network
   */
  public boolean startsWith(Address network, int length) {
    if (network.bytes.length != bytes.length) {
      return false;
    }
    int whole = length / 8;
    for (int i = 0; i < whole; i++) {
      if (bytes[i] != network.bytes[i]) {
        return false;
      }
    }
    int rest = length % 8;
    return rest == 0 || ((bytes[whole] ^ network.bytes[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
  }

  /** Whether this is {@code 0.0.0.0} or {@code ::}. */
  public boolean isWildcard() {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether this is in {@code 127.0.0.0/8}, or {@code ::1}. */
  public boolean isLoopback() {
    if (bytes.length == 4) {
      return bytes[0] == 127;
    }
    for (int i = 0; i < 15; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[15] == 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Dotted decimal, or RFC 5952 for IPv6. */
  @Override
  public String toString() {
    if (bytes.length == 4) {
      return (bytes[0] & 0xff)
          + "."
          + (bytes[1] & 0xff)
          + "."
          + (bytes[2] & 0xff)
          + "."
          + (bytes[3] & 0xff);
    }
    int from = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && group(end) == 0) {
        end++;
      }
      if (end - i > length) {
        from = i;
        length = end - i;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == from) {
        text.append("::");
        i += length - 1;
      } else {
        if (i > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  private int group(int index) {
    return ((bytes[2 * index] & 0xff) << 8) | (bytes[2 * index + 1] & 0xff);
  }
}
