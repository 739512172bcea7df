package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import java.io.IOException;
import java.nio.file.Path;

/** Finds out which file a Unix-domain socket's path really names. */
final class UnixPaths {
  private UnixPaths() {}

  static Event event(EventKind kind, String absolute) {
    if (absolute.isEmpty()) {
      return new Event.Unix(kind, "");
    }
    if (absolute.charAt(0) == '@') {
      return new Event.Unix(kind, absolute); // a name of Linux that is no file
    }
    Path path = Path.of(absolute);
    return new Event.Unix(kind, real(path).toString(), path.normalize().toString());
  }

  /** Of a file that is yet to be made, the real path of its directory counts. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      Path name = path.getFileName();
      try {
        return parent == null || name == null ? path : parent.toRealPath().resolve(name);
      } catch (IOException none) {
        return path; // there is no such directory, so there will be no such socket
      }
    }
  }
}
