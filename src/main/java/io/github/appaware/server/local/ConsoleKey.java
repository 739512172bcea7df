package io.github.appaware.server.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret that lets a console of the same user attach to a local server: a private file beside
 * the socket.
 */
public final class ConsoleKey {
  private static final int BYTES = 32;

  private ConsoleKey() {}

  /** Makes a key and writes it. */
  static String write(Path file) throws IOException {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    String key = HexFormat.of().formatHex(bytes);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, key, StandardCharsets.US_ASCII);
    return key;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when there is none, or this user may not read it
   */
  public static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.US_ASCII);
  }
}
