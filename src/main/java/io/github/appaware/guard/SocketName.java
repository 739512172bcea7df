package io.github.appaware.guard;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.linux.NativeMemory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A copy of a socket address of another process ({@code struct sockaddr_in}, {@code sockaddr_in6},
 * {@code sockaddr_un}; ip(7), ipv6(7), unix(7)), and what a call means by it. Whatever is no
 * address of the socket's family is no event: the kernel refuses it.
 */
final class SocketName {
  static final int AF_UNSPEC = 0;
  static final int AF_UNIX = 1;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  /** {@code sizeof(struct sockaddr_in)}, and what the kernel asks for of {@code sockaddr_in6}. */
  private static final int INET_BYTES = 16;

  private static final int INET6_BYTES = 24;

  /** {@code sizeof(struct sockaddr_un)}. */
  private static final int UNIX_BYTES = 110;

  private static final int PATH = 2;

  private static final Address LOOPBACK4 = Address.of(new byte[] {127, 0, 0, 1});
  private static final Address LOOPBACK6 =
      Address.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

  private final byte[] bytes;

  /** As it was copied; not copied again. */
  SocketName(byte[] bytes) {
    this.bytes = bytes;
  }

  static SocketName of(NativeMemory memory, int length) {
    return new SocketName(memory.copy(length));
  }

  /** As it was copied, not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** AF_UNSPEC also where there are too few bytes to tell. */
  int family() {
    if (bytes.length < PATH) {
      return AF_UNSPEC;
    }
    int low = bytes[ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 1] & 0xff;
    int high = bytes[ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 0] & 0xff;
    return (high << 8) | low;
  }

  private int port() {
    return ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
  }

  /**
   * What a call on an IP socket with this address is; empty where it is none: it takes back an
   * earlier one, asks for any local port, or fails.
   *
   * @param domain the socket's family
   */
  Optional<Event> event(EventKind kind, Protocol protocol, int domain) {
    int family = family();
    // For these the kernel takes it as an address of IPv4.
    boolean isInet = family == AF_UNSPEC && domain == AF_INET && kind != EventKind.CONNECT;
    Address address;
    if ((family == AF_INET || isInet) && bytes.length >= INET_BYTES) {
      address = part(4, 4);
    } else if (family == AF_INET6 && bytes.length >= INET6_BYTES) {
      address = part(8, 16);
    } else {
      return Optional.empty();
    }
    if (kind == EventKind.BIND) {
      return address.isWildcard() && port() == 0
          ? Optional.empty()
          : Optional.of(new Event.Inet(kind, protocol, address, port()));
    }
    if (address.isWildcard() && kind != EventKind.LISTEN) {
      address = address.bits() == 32 ? LOOPBACK4 : LOOPBACK6;
    }
    return Optional.of(new Event.Inet(kind, protocol, address, port()));
  }

  private Address part(int from, int length) {
    byte[] part = new byte[length];
    System.arraycopy(bytes, from, part, 0, length);
    return Address.of(part);
  }

  /** Whether it is an IP address of this machine's own that no packet leaves for. */
  boolean isLoopback() {
    return (family() == AF_INET && bytes.length >= INET_BYTES && part(4, 4).isLoopback())
        || (family() == AF_INET6 && bytes.length >= INET6_BYTES && part(8, 16).isLoopback());
  }

  /** The port of an address of either family; 0 for others. */
  int inetPort() {
    boolean isInet = family() == AF_INET || family() == AF_INET6 || family() == AF_UNSPEC;
    return isInet && bytes.length >= INET_BYTES ? port() : 0;
  }

  /** Whether this is a path of the file system, a character for each byte. */
  boolean isPath() {
    return isUnix() && bytes[PATH] != 0;
  }

  /** Whether this is a name of Linux's own, which no file has. */
  boolean isAbstract() {
    return isUnix() && bytes[PATH] == 0;
  }

  private boolean isUnix() {
    return family() == AF_UNIX && bytes.length > PATH && bytes.length <= UNIX_BYTES;
  }

  /** The path, up to the first zero, a character for each byte. */
  String path() {
    int end = PATH;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, PATH, end - PATH, StandardCharsets.ISO_8859_1);
  }

  /** The name, as ss(8) shows it. */
  String abstractName() {
    return "@" + new String(bytes, PATH + 1, bytes.length - PATH - 1, StandardCharsets.UTF_8);
  }
}
