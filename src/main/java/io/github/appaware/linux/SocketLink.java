package io.github.appaware.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** An entry of {@code /proc/PID/fd} that is a socket: {@code socket:[INODE]} (proc_pid_fd(5)). */
final class SocketLink {
  private static final String LINK = "socket:[";

  private SocketLink() {}

  /** The socket's inode; empty for all else, and for what was closed meanwhile. */
  static Optional<Long> inode(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (!target.startsWith(LINK) || !target.endsWith("]")) {
        return Optional.empty();
      }
      OptionalLong inode = Decimal.parse(target.substring(LINK.length(), target.length() - 1));
      return inode.isPresent() ? Optional.of(inode.getAsLong()) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
