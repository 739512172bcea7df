package io.github.appaware.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Files and directories for the user alone. What is written is on disk when a method returns; a
 * reader sees the old content or the new, also after a crash.
 */
final class PrivateFiles {
  private static final int LARGEST = 64 * 1024;
  private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY = mode("rwx------");
  private static final Set<PosixFilePermission> READ_BY_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");
  private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
      PosixFilePermissions.fromString("----w--w-");

  private PrivateFiles() {}

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** Makes a directory and its parents; one that exists must not be writable for others. */
  static void makeDirectory(Path directory) throws IOException, TrustException {
    if (!Files.isDirectory(directory)) {
      if (directory.toAbsolutePath().getParent() != null) {
        Files.createDirectories(directory.toAbsolutePath().getParent());
      }
      try {
        Files.createDirectory(directory, DIRECTORY);
      } catch (FileAlreadyExistsException raced) {
        if (!Files.isDirectory(directory)) {
          throw new TrustException("`" + directory + "` is not a directory", "name another");
        }
      }
    }
    requireOwnDirectory(directory);
  }

  /** Requires that no other user can replace files in it. */
  static void requireOwnDirectory(Path directory) throws IOException, TrustException {
    refuse(
        directory,
        WRITTEN_BY_OTHERS,
        "others may write in the directory `",
        "chmod go-rwx " + directory);
  }

  /**
   * The content of a file with a secret in it.
   *
   * @throws TrustException when others may read or change it
   */
  static String readSecret(Path file, String otherwise) throws IOException, TrustException {
    requireOwnDirectory(file.toAbsolutePath().getParent());
    refuse(
        file,
        READ_BY_OTHERS,
        "others may use the private key in `",
        "chmod 600 " + file + "; if others may have read it, " + otherwise);
    return read(file);
  }

  static String read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException("`" + file + "` is too large");
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static void refuse(Path path, Set<PosixFilePermission> bad, String message, String help)
      throws IOException, TrustException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
    if (mode.stream().anyMatch(bad::contains)) {
      throw new TrustException(
          message + path + "` (" + PosixFilePermissions.toString(mode) + ")", help);
    }
  }

  /** Writes a new file; fails if it exists. */
  static void create(Path file, String content) throws IOException {
    fill(file, content);
    sync(file.toAbsolutePath().getParent());
  }

  /** Writes a file, replacing one that exists. */
  static void replace(Path file, String content) throws IOException {
    long random = ThreadLocalRandom.current().nextLong();
    Path temporary = file.resolveSibling("." + file.getFileName() + "." + random + ".tmp");
    try {
      fill(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(file.toAbsolutePath().getParent());
  }

  private static void fill(Path file, String content) throws IOException {
    Set<StandardOpenOption> create =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    try (FileChannel out = FileChannel.open(file, create, FILE)) {
      writeAll(out, content);
    }
  }

  static void writeAll(FileChannel out, String content) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
    out.force(true);
  }

  /** Makes the creation, renaming and deletion of files in it survive a crash. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
