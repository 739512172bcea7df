package io.github.appaware.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An entry of {@code /proc/PID/fd} that is a socket, {@code socket:[INODE]} (proc_pid_fd(5)), or
 * leads to sockets without an entry.
 */
final class SocketLink {
  private static final String LINK = "socket:[";
  private static final String RING = "anon_inode:[io_uring]";

  private SocketLink() {}

  /** The socket's inode; empty for all else, and for what was closed meanwhile. */
  static Optional<Long> inode(Path descriptor) {
    return inode(target(descriptor));
  }

  static Optional<Long> inode(String target) {
    if (!target.startsWith(LINK) || !target.endsWith("]")) {
      return Optional.empty();
    }
    OptionalLong inode = Decimal.parse(target.substring(LINK.length(), target.length() - 1));
    return inode.isPresent() ? Optional.of(inode.getAsLong()) : Optional.empty();
  }

  /** Whether it is a ring of requests to the kernel: io_uring(7). */
  static boolean isRing(String target) {
    return target.equals(RING);
  }

  /** What the entry leads to; empty when it was closed meanwhile. */
  static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException | InvalidPathException e) {
      return "";
    }
  }
}
