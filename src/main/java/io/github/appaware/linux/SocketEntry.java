package io.github.appaware.linux;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of {@code /proc/net/tcp}, {@code tcp6}, {@code udp} or {@code udp6} (proc_net_tcp(5)).
 *
 * @param local its own address
 * @param remote the far end's; the wildcard and port 0 for none
 * @param state a number of the kernel's {@code tcp_states.h}
 * @param uid the user who made the socket
 * @param inode identifies the socket; 0 when no process has it any more
 */
record SocketEntry(
    InetSocketAddress local, InetSocketAddress remote, int state, long uid, long inode) {
  static final int ESTABLISHED = 1;
  static final int LISTENING = 10;

  /** Of a datagram socket that is not connected. */
  static final int UNCONNECTED = 7;

  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int UID = 7;
  private static final int INODE = 9;

  static Optional<SocketEntry> parse(String line) {
    String[] fields = line.trim().split("\\s+", -1);
    if (fields.length <= INODE) {
      return Optional.empty();
    }
    OptionalLong uid = Decimal.parse(fields[UID]);
    OptionalLong inode = Decimal.parse(fields[INODE]);
    if (uid.isEmpty() || inode.isEmpty()) {
      return Optional.empty(); // the head
    }
    try {
      return Optional.of(
          new SocketEntry(
              address(fields[LOCAL]),
              address(fields[REMOTE]),
              HexFormat.fromHexDigits(fields[STATE]),
              uid.getAsLong(),
              inode.getAsLong()));
    } catch (IllegalArgumentException | UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Words of 32 bits, each in the machine's order of bytes; the port as it is written. */
  private static InetSocketAddress address(String text) throws UnknownHostException {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(text);
    }
    byte[] bytes = HexFormat.of().parseHex(text.substring(0, colon));
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    ByteBuffer address = ByteBuffer.allocate(bytes.length);
    while (words.remaining() >= Integer.BYTES) {
      address.putInt(words.getInt());
    }
    // A mapped IPv4 address becomes one of IPv4.
    return new InetSocketAddress(
        InetAddress.getByAddress(address.array()),
        HexFormat.fromHexDigits(text.substring(colon + 1)));
  }
}
