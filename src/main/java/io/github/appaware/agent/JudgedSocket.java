package io.github.appaware.agent;

import io.github.appaware.bridge.Operation;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * A Unix-domain socket from before its verdict until it is connected, so that what is reached is
 * what was judged, though other threads replace links and directories meanwhile.
 *
 * <p>Its directory is held open and reached through {@code /proc/self/fd}, so nothing above matters
 * any more. The name in that directory must lead to the same file before and after: the same inode
 * with the same change time, which the kernel renews when a file is renamed, linked or unlinked,
 * and which a program can't set. Only a change within the same tick of the kernel's clock would go
 * unnoticed; a file that changed just now is therefore watched for {@link #TICKS} first. Where the
 * directory can be searched but not read, or there is no {@code /proc}, the real path is connected
 * to, and compared in the same way; then a program that can rename directories above may win. So it
 * may where the name has 96 bytes or more, and the directory is not the working directory.
 *
 * <p>A dangling link is denied. For use by one thread, the application's.
 */
final class JudgedSocket {
  /** Twice the longest tick of Linux, which is 10 ms, in milliseconds. */
  private static final long TICKS = 20;

  /** How long a file may go on changing before it is denied, in nanoseconds. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(200);

  private static final String STATE = "unix:dev,ino,ctime,mode";
  private static final int TYPE = 0xf000;
  private static final int LINK = 0xa000;

  private final Path given;
  private final Path real;

  /** Null when it can't be held. */
  private final FileChannel directory;

  /** Leads to the socket. */
  private final Path place;

  /** Why nothing can be proven, or null. */
  private final String failure;

  /** Null for none; set by {@link #where}. */
  private Map<String, Object> before;

  /** Whether nothing above the name matters; the rest is set by {@link #where}. */
  private boolean isHeld;

  private JudgedSocket(Path given, Path real, FileChannel directory, Path place, String failure) {
    this.failure = failure;
    this.given = given;
    this.real = real;
    this.directory = directory;
    this.place = place;
    this.isHeld = directory != null;
  }

  /**
   * Holds the directory.
   *
   * @param given absolute
   * @param bridge for {@link Operation#DESCRIPTOR}
   */
  static JudgedSocket hold(String given, BiFunction<Integer, Object[], Object> bridge) {
    Path path = Path.of(given);
    Path real = UnixPaths.real(path);
    Path parent = real.getParent();
    Path name = real.getFileName();
    if (parent == null || name == null) {
      return new JudgedSocket(path, real, null, real, null);
    }
    FileChannel directory = null;
    try {
      directory = FileChannel.open(parent, StandardOpenOption.READ);
      Object number = bridge.apply(Operation.DESCRIPTOR, new Object[] {directory});
      Path held = KernelPaths.DESCRIPTORS.resolve(number.toString());
      Path actual = Files.readSymbolicLink(held).resolve(name);
      return new JudgedSocket(path, actual, directory, held.resolve(name), null);
    } catch (AccessDeniedException | NoSuchFileException | UnsupportedOperationException e) {
      close(directory);
      return new JudgedSocket(path, real, null, real, null);
    } catch (IOException e) {
      close(directory); // too many open files, perhaps, which a program can bring about
      return new JudgedSocket(path, real, null, real, e.getMessage());
    }
  }

  Event event() {
    return new Event.Unix(EventKind.CONNECT, real.toString(), given.normalize().toString());
  }

  /** The path to connect to, and this; or null when the path leads elsewhere by now. */
  Object[] where() {
    if (failure != null || (directory == null && !UnixPaths.real(given).equals(real))) {
      return null;
    }
    before = settled();
    if (before != null && ((Integer) before.get("mode") & TYPE) == LINK) {
      return null;
    }
    if (KernelPaths.fits(place)) {
      return new Object[] {place, this};
    }
    Path held = directory == null ? null : KernelPaths.held(place);
    isHeld = held != null;
    return new Object[] {isHeld ? held : KernelPaths.shortest(given), this};
  }

  /** Says that something else would be, or was, reached. */
  String denial() {
    return failure == null
        ? reason().describe("appaware: " + event().describe() + " denied")
        : "appaware: " + event().describe() + " denied because " + failure;
  }

  /** The reason of that denial. */
  Reason reason() {
    return Reason.of(failure == null ? Reason.Kind.CHANGED : Reason.Kind.INTERNAL);
  }

  /** After the call that connected, or did not: whether something else was reached. */
  boolean isChanged(boolean connected) {
    try {
      boolean isSame =
          before != null
              && before.equals(state())
              && (isHeld || UnixPaths.real(given).equals(real));
      return connected && !isSame;
    } finally {
      release();
    }
  }

  void release() {
    close(directory);
  }

  /** The state of the file, which has not changed for some time. */
  private Map<String, Object> settled() {
    Map<String, Object> state = state();
    long start = System.nanoTime();
    long since = start;
    while (isRecent(state) && System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(TICKS)) {
      Thread.onSpinWait(); // not a sleep, which an event loop may forbid
      Map<String, Object> now = state();
      if (!state.equals(now)) {
        state = now;
        since = System.nanoTime();
      }
      if (System.nanoTime() - start > PATIENCE) {
        return null;
      }
    }
    return state;
  }

  /** Also of a time to come, as the clock may be set back. */
  private static boolean isRecent(Map<String, Object> state) {
    return state != null
        && ((FileTime) state.get("ctime")).toMillis() > System.currentTimeMillis() - TICKS;
  }

  private Map<String, Object> state() {
    try {
      return Files.readAttributes(place, STATE, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return null;
    } catch (UnsupportedOperationException e) {
      return Map.of("mode", 0, "ctime", FileTime.fromMillis(0)); // not Linux: only the path counts
    }
  }

  private static void close(FileChannel directory) {
    if (directory != null) {
      try {
        directory.close();
      } catch (IOException e) {
        // It was only read from, and is closed.
      }
    }
  }
}
