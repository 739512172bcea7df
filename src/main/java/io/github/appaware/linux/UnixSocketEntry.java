package io.github.appaware.linux;

import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of {@code /proc/net/unix} (proc_net_unix(5)). The kernel writes paths as they are, line
 * breaks too, so that a process can bind a path that adds a line: more than one listener of a path
 * may mean that one is feigned, never that the true one is missing.
 *
 * @param isListening whether it accepts connections
 * @param inode identifies the socket
 * @param path as it was bound, a character for each byte; empty for none
 */
record UnixSocketEntry(boolean isListening, long inode, String path) {
  /** {@code __SO_ACCEPTCON} of {@code linux/net.h}. */
  private static final int ACCEPTS = 1 << 16;

  private static final int FLAGS = 3;
  private static final int INODE = 6;
  private static final int PATH = 7;

  static Optional<UnixSocketEntry> parse(String line) {
    // The number of the inode is padded to five places.
    String[] fields = line.split(" +", PATH + 1);
    if (fields.length <= INODE) {
      return Optional.empty();
    }
    OptionalLong inode = Decimal.parse(fields[INODE]);
    try {
      int flags = HexFormat.fromHexDigits(fields[FLAGS]);
      return inode.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new UnixSocketEntry(
                  (flags & ACCEPTS) != 0,
                  inode.getAsLong(),
                  fields.length > PATH ? fields[PATH] : ""));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the head
    }
  }
}
