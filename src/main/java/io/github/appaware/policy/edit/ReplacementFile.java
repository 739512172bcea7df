package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.read.FileText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A temporary file {@code .NAME.RANDOM.tmp} beside the file that it is to replace: on disk, with
 * the attributes of that file. Only for holders of the {@link EditLock}.
 */
final class ReplacementFile implements Closeable {
  private static final String SUFFIX = ".tmp";

  private final Path file;
  private final Path temporary;

  private ReplacementFile(Path file) {
    this.file = file;
    String random = String.format("%08x", ThreadLocalRandom.current().nextInt());
    this.temporary = file.resolveSibling(prefix(file) + random + SUFFIX);
  }

  private static String prefix(Path file) {
    return "." + file.getFileName() + ".";
  }

  /**
   * Writes the text to a temporary file, syncs it and reads it back.
   *
   * @param file to be replaced; may not exist yet
   * @throws EditException if the file's owner can't be kept, or the text would not be read
   */
  static ReplacementFile create(Path file, String text) throws IOException, EditException {
    ReplacementFile replacement = new ReplacementFile(file);
    try {
      replacement.write(text);
      return replacement;
    } catch (IOException | EditException | RuntimeException e) {
      replacement.close();
      throw e;
    }
  }

  /** Deletes the temporary files of processes that died: the lock shows that none is in use. */
  static void deleteLeftOvers(Path file) throws IOException {
    try (DirectoryStream<Path> siblings = Files.newDirectoryStream(file.getParent())) {
      for (Path each : siblings) {
        String name = each.getFileName().toString();
        if (name.startsWith(prefix(file))
            && name.endsWith(SUFFIX)
            && name.length() == prefix(file).length() + 8 + SUFFIX.length()) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  /** Puts the temporary file in the place of the other. */
  void rename() throws IOException {
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes the temporary file if it was not renamed. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(temporary);
  }

  private void write(String text) throws IOException, EditException {
    boolean exists = Files.exists(file);
    if (exists) {
      // Copies owner, permissions and extended attributes, among them access control lists.
      Files.copy(file, temporary, StandardCopyOption.COPY_ATTRIBUTES);
    } else {
      Files.createFile(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (FileChannel out =
        FileChannel.open(
            temporary, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = StandardCharsets.UTF_8.encode(text);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    readBack(text);
    if (exists) {
      requireSameOwner();
    }
  }

  /** With the policy's reader, which also limits the size. */
  private void readBack(String text) throws IOException, EditException {
    try {
      if (!FileText.read(temporary).equals(text)) {
        throw new FileSystemException(file.toString(), null, "it reads back differently");
      }
    } catch (MalformedValue unreadable) {
      throw new EditException(
          "`" + file + "` would not be read: " + unreadable.getMessage(), unreadable.help());
    }
  }

  private void requireSameOwner() throws IOException, EditException {
    PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
    PosixFileAttributes made = Files.readAttributes(temporary, PosixFileAttributes.class);
    if (!old.owner().equals(made.owner())
        || !old.group().equals(made.group())
        || !old.permissions().equals(made.permissions())) {
      throw new EditException(
          "`"
              + file
              + "` belongs to `"
              + old.owner().getName()
              + ":"
              + old.group().getName()
              + "`, which can't be kept",
          "keep answers in a file of your own: --answers FILE");
    }
  }
}
