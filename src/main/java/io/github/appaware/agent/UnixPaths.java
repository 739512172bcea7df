package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import java.io.IOException;
import java.nio.file.Path;

/** Resolves the path of a Unix-domain socket. */
final class UnixPaths {
  /** How HotSpot names these sockets, in {@code /tmp}. */
  private static final String OF_JVM = ".java_pid";

  private UnixPaths() {}

  static Event event(EventKind kind, String absolute) {
    if (absolute.isEmpty()) {
      return new Event.Unix(kind, "");
    }
    if (absolute.charAt(0) == '@') {
      return new Event.Unix(kind, absolute); // an abstract name of Linux, not a file
    }
    Path path = Path.of(absolute);
    return new Event.Unix(kind, real(path).toString(), path.normalize().toString());
  }

  /**
   * The process id of the JVM that takes commands at this socket, which load agents; null for any
   * other socket.
   */
  static String attachedTo(String absolute) {
    if (absolute.isEmpty() || absolute.charAt(0) == '@') {
      return null;
    }
    Path path = Path.of(absolute);
    String pid = attachedTo(path);
    return pid != null ? pid : attachedTo(real(path));
  }

  private static String attachedTo(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(OF_JVM) ? name.substring(OF_JVM.length()) : null;
  }

  /** For a file that does not exist yet, resolves its directory. */
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      Path name = path.getFileName();
      try {
        return parent == null || name == null ? path : parent.toRealPath().resolve(name);
      } catch (IOException none) {
        return path; // no such directory, so no socket can be there
      }
    }
  }
}
