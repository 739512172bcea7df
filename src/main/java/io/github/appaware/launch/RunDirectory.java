package io.github.appaware.launch;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The private directory (mode 0700) of one run, with the server's socket and the jars that bring
 * the agent. Launcher and server delete it; where both were killed, a later run does.
 */
public final class RunDirectory {
  private static final String PREFIX = "appaware-";
  private static final String SOCKET = "s";
  private static final String KEY = "console";

  /** In characters; the path of a socket has at most 107 bytes on Linux, 103 on macOS. */
  private static final int LONGEST_BASE = 75;

  /** A younger directory may belong to a run that is just starting. */
  private static final Duration STALE = Duration.ofMinutes(1);

  private RunDirectory() {}

  static Path create(Map<String, String> environment) throws IOException {
    return Files.createTempDirectory(base(environment), PREFIX);
  }

  private static Path base(Map<String, String> environment) {
    String runtime = environment.get("XDG_RUNTIME_DIR");
    if (runtime != null && fits(Path.of(runtime))) {
      return Path.of(runtime);
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return fits(temporary) ? temporary : Path.of("/tmp");
  }

  private static boolean fits(Path base) {
    return base.isAbsolute()
        && base.toString().indexOf('=') < 0 // where `-javaagent` ends the path
        && base.toString().length() <= LONGEST_BASE
        && Files.isDirectory(base)
        && Files.isWritable(base);
  }

  /** The directories of runs that a console can probably attach to, in no order. */
  public static List<Path> attachable(Map<String, String> environment) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(base(environment), PREFIX + "*")) {
      for (Path directory : all) {
        if (Files.isReadable(key(directory)) && Files.exists(socket(directory))) {
          found.add(directory);
        }
      }
    }
    return found;
  }

  /** The file with the secret of consoles. */
  public static Path key(Path directory) {
    return directory.resolve(KEY);
  }

  /** The server's socket. */
  public static Path socket(Path directory) {
    return directory.resolve(SOCKET);
  }

  /** Deletes the directory with the files in it. */
  public static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        delete(file); // the server may have unpacked a library into a directory of its own
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory);
  }

  /** Deletes directories that killed runs left behind. */
  static void sweep(Map<String, String> environment) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(base(environment), PREFIX + "*")) {
      for (Path directory : all) {
        if (isStale(directory)) {
          delete(directory);
        }
      }
    } catch (IOException e) {
      // Another user's, or being deleted by its own run: a later run tries again.
    }
  }

  private static boolean isStale(Path directory) throws IOException {
    try {
      FileTime changed = Files.getLastModifiedTime(directory);
      if (changed.toInstant().plus(STALE).isAfter(Instant.now())) {
        return false;
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    try (SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(socket(directory)))) {
      return !server.isConnected();
    } catch (IOException e) {
      return true; // no server is listening
    }
  }
}
