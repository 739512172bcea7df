package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The server's own socket, and those of other runs beside it, which applications may not reach. The
 * own socket is recognized behind links of both kinds, and after it was moved.
 */
final class ServerSockets {
  private final Path given;

  /** The real path; null until the socket is there. */
  private volatile Path socket;

  private volatile Object key;

  /** Null for none; need not exist yet. */
  ServerSockets(Path socket) {
    this.given = socket;
  }

  /** Whether the event is about such a socket. */
  boolean isMeant(Event.Unix event) {
    return given != null && (isMeant(event.path()) || isMeant(event.given()));
  }

  /**
   * Whether a system call of a run may be about such a socket: not about the server's own; about
   * another run's if that run is inside of this one.
   */
  boolean isOfRunInside(Event.Unix event) {
    find();
    boolean isOwn = isOwn(event.path()) || isOwn(event.given());
    boolean isInside =
        event.kind() != EventKind.CONNECT
            || (event.peer() != null && event.peer().place() == Peer.Place.RUN);
    return !isOwn && isInside;
  }

  private boolean isOwn(String text) {
    try {
      Path path = Path.of(text).normalize();
      return path.equals(given)
          || path.equals(socket)
          || (key != null && path.isAbsolute() && key.equals(key(path)));
    } catch (InvalidPathException e) {
      return false; // a name that no file has
    }
  }

  private void find() {
    if (socket == null) {
      try {
        Path real = given.toRealPath();
        key = key(real);
        socket = real;
      } catch (IOException e) {
        socket = given;
      }
    }
  }

  private boolean isMeant(String text) {
    find();
    try {
      Path path = Path.of(text).normalize();
      if (path.equals(given) || path.equals(socket) || isSibling(path)) {
        return true;
      }
      return key != null && path.isAbsolute() && key.equals(key(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Another run's socket: its directory is beside ours, with a name like ours. */
  private boolean isSibling(Path path) {
    Path own = socket.getParent();
    Path other = path.getParent();
    return own != null
        && other != null
        && other.getParent() != null
        && other.getParent().equals(own.getParent())
        && path.getFileName().equals(socket.getFileName())
        && prefix(own).equals(prefix(other));
  }

  /** {@code appaware} of {@code appaware-123}. */
  private static String prefix(Path directory) {
    String name = directory.getFileName().toString();
    return name.substring(0, Math.max(0, name.indexOf('-')));
  }

  private static Object key(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
