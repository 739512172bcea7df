package io.github.appaware.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and directories for the user alone: makes directories, and refuses what others may use.
 * {@link io.github.appaware.tls.SecretFile} writes the files.
 */
final class PrivateFiles {
  private static final int LARGEST = 64 * 1024;
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

  static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
