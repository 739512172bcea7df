package io.github.appaware.guard;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.SocketCalls;
import io.github.appaware.linux.SocketCalls.FileKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Paths of Unix-domain sockets, as another process means them: seen from its root and working
 * directory, with its rights. A path is opened once; the socket that is judged and then reached is
 * that open file, whatever the path leads to by then. One for each thread.
 */
final class UnixNames {
  private static final String SELF = "/proc/self/";
  private static final String SELF_THREAD = "/proc/thread-self/";
  private static final int EACCES = 13;

  private final SocketCalls sockets;
  private final ProcFs proc;
  private final long self;
  private final String ownRights;

  /** For this process. */
  UnixNames(SocketCalls sockets, ProcFs proc) {
    this.sockets = sockets;
    this.proc = proc;
    this.self = ProcessHandle.current().pid();
    this.ownRights = proc.credentials(self);
  }

  /**
   * Whether a thread's rights to files are this process's: otherwise the guard would lend its own.
   */
  boolean hasOurRights(long thread) {
    String rights = proc.credentials(thread);
    return !rights.isEmpty() && rights.equals(ownRights) && proc.haveSameUsers(thread, self);
  }

  /** Whether the absolute paths of a process lead to the same files here. */
  boolean hasOurRoot(long pid) {
    return proc.haveSameRoot(pid, self);
  }

  /**
   * Opens what a path of another thread leads to.
   *
   * @return a descriptor, or a negative error number
   */
  long open(long pid, long thread, String path) {
    if (!hasOurRights(thread)) {
      return -EACCES;
    }
    String named = path;
    if (path.startsWith(SELF)) {
      named = "/proc/" + pid + "/" + path.substring(SELF.length());
    } else if (path.startsWith(SELF_THREAD)) {
      named = "/proc/" + pid + "/task/" + thread + "/" + path.substring(SELF_THREAD.length());
    }
    boolean isAbsolute = named.startsWith("/");
    if (isAbsolute && hasOurRoot(pid)) {
      return sockets.openPath(named);
    }
    long from = sockets.openPath("/proc/" + thread + (isAbsolute ? "/root" : "/cwd"));
    if (from < 0) {
      return from;
    }
    try {
      return isAbsolute ? sockets.openPathInRoot(from, named) : sockets.openPath(from, named);
    } finally {
      sockets.close((int) from);
    }
  }

  /** What a descriptor that {@link #open} gave stands for; null when that can't be told. */
  FileKey key(long descriptor) {
    return sockets.key(descriptor);
  }

  /** The event of reaching an open socket. */
  Event reach(EventKind kind, long descriptor, long thread, String given) {
    return new Event.Unix(kind, text(sockets.pathOf(descriptor)), absolute(thread, given));
  }

  /** The event of making, or listening at, a socket whose file may not be there yet. */
  Event make(EventKind kind, long pid, long thread, String given) {
    String absolute = absolute(thread, given);
    int slash = absolute.lastIndexOf('/');
    if (slash < 0) {
      return new Event.Unix(kind, absolute);
    }
    String directory = slash == 0 ? "/" : absolute.substring(0, slash);
    long parent = open(pid, thread, raw(directory));
    if (parent < 0) {
      return new Event.Unix(kind, absolute);
    }
    try {
      String real = text(sockets.pathOf(parent));
      String name = absolute.substring(slash + 1);
      return new Event.Unix(kind, (real.equals("/") ? "" : real) + "/" + name, absolute);
    } finally {
      sockets.close((int) parent);
    }
  }

  private String absolute(long thread, String given) {
    String path = text(given);
    if (path.startsWith("/")) {
      return normal(path);
    }
    return proc.directory(thread).map(at -> normal(at + "/" + path)).orElse(path);
  }

  private static String normal(String path) {
    try {
      return Path.of(path).normalize().toString();
    } catch (InvalidPathException e) {
      return path;
    }
  }

  private static String text(String raw) {
    return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String raw(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
