package io.github.appaware.hook;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.appaware.bridge.WovenClasses;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A cache of bundles, one file for each JDK, in the user's cache directory. A JDK that was updated
 * in place, or another build of this tool, has another file name; no file is ever modified, so any
 * number of runs may share the directory. It may be deleted; the next run weaves again.
 */
public final class WovenStore {
  private static final Duration KEPT = Duration.ofDays(60);

  /** Empty; of the run that puts a bundle in its place. */
  private static final String LOCK = ".lock";

  private final Path directory;
  private final Path tool;

  /**
   * The store in a directory, which is created when needed.
   *
   * @param tool the tool's jar; each build of it weaves anew
   */
  public WovenStore(Path directory, Path tool) {
    this.directory = directory;
    this.tool = tool;
  }

  /**
   * The bundle for the JDK, woven now unless it exists.
   *
   * @param home the JDK's directory
   * @return an existing file
   */
  public Path obtain(Path home) throws IOException, WeavingException {
    Path file = file(home);
    if (isWhole(file)) {
      return file;
    }
    byte[] bundle = weave(home);
    Files.createDirectories(directory);
    Path temporary = directory.resolve(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.write(temporary, bundle);
      publish(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
    forgetOld();
    return file;
  }

  /**
   * Puts a bundle in its place. One that another run has put there meanwhile stays: that run takes
   * a bundle that becomes another file for one that was changed.
   */
  void publish(Path temporary, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), CREATE, WRITE)) {
      FileLock unused = lock(channel); // until the channel is closed
      if (!isWhole(file)) {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** Null where the file system has no locks: two first runs at once are then on their own. */
  private static FileLock lock(FileChannel channel) {
    try {
      return channel.lock();
    } catch (IOException | OverlappingFileLockException e) {
      return null;
    }
  }

  /** The bundle for the JDK, woven now; the same JDK has the same bundle. */
  public static byte[] weave(Path home) throws IOException, WeavingException {
    try (Weaver weaver = Weaver.of(home)) {
      return weaver.weaveAll().toBytes();
    }
  }

  /** Where the bundle for the JDK is, or will be. */
  public Path file(Path home) throws IOException {
    return directory.resolve(fileName(home));
  }

  /** All bundles. */
  public List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "woven-*")) {
        all.forEach(files::add);
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    return files;
  }

  /** Deletes old bundles; one that is still in use is woven again. */
  private void forgetOld() {
    Instant before = Instant.now().minus(KEPT);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "woven-*")) {
      for (Path each : all) {
        forget(each, before);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A later run tries again.
    }
  }

  private static void forget(Path file, Instant before) throws IOException {
    try {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Another run has moved or deleted it.
    }
  }

  /** A file that a crash or a full disk left damaged is woven again. */
  private static boolean isWhole(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      WovenClasses.of(file.toFile());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String fileName(Path home) throws IOException {
    Path real = home.toRealPath();
    String key =
        real
            + "\n"
            + Files.readString(real.resolve("release"), StandardCharsets.ISO_8859_1)
            + stamp(real.resolve("lib/modules"))
            + stamp(tool);
    return "woven-" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)) + ".bin";
  }

  private static String stamp(Path file) throws IOException {
    if (!Files.exists(file)) {
      return file + " -\n"; // a JDK built from source runs without an image
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return file + " " + attributes.size() + " " + attributes.lastModifiedTime() + "\n";
  }
}
