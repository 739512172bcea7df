package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.read.FileText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes a text file so that at every instant, whatever is killed or runs full, it is whole: old
 * or new. When {@link #edit} returns, the new one is on disk.
 *
 * <p>The new text goes to a temporary file beside it, which is synced, read back and renamed over
 * the old one; then the directory is synced. Right before the rename the old file is looked at once
 * more: if somebody else wrote it since it was read, all is done again with what is there now. What
 * is left is the instant between that look and the rename, which no system call available to Java
 * closes for editors that take no lock; other runs of appaware wait for the {@link EditLock}.
 */
final class AtomicFileEdit {
  private static final int ATTEMPTS = 50;
  private static final int MAX_LINKS = 40;
  private static final String TEMPORARY = ".tmp";

  /** An editor that writes in place is done by then. */
  private static final Duration HALF_WRITTEN = Duration.ofMillis(60);

  /** What is to become of the file. */
  @FunctionalInterface
  interface Edit {
    /**
     * The new text.
     *
     * @param text the old one; null if there is no file yet
     * @return the same text for no change
     * @throws EditException to leave the file alone
     */
    String apply(String text) throws EditException;
  }

  /** What a file was when it was read. */
  private record Seen(String text, Object key, Object modified) {}

  private final Path file;

  private AtomicFileEdit(Path file) {
    this.file = file;
  }

  /**
   * Applies the edit, which may be called several times: the last call counts.
   *
   * @param named may be a symbolic link, which stays, and may not exist yet
   * @throws EditException if the file is not changed, saying why
   */
  static void edit(Path named, Edit edit) throws EditException {
    try {
      Path file = follow(named.toAbsolutePath());
      edit(named, file, edit);
    } catch (IOException e) {
      throw unwritable(named, e);
    }
  }

  /** As {@link #edit}, of a file that must be there. */
  static void editExisting(Path named, Edit edit) throws EditException {
    if (!Files.exists(named)) {
      throw new EditException(named + ": no such file", "");
    }
    edit(
        named,
        text -> {
          if (text == null) {
            throw new EditException(named + ": no such file", "");
          }
          return edit.apply(text);
        });
  }

  private static void edit(Path named, Path file, Edit edit) throws IOException, EditException {
    createDirectories(file.getParent());
    if (Files.isDirectory(file)) {
      throw new EditException("`" + named + "` is a directory", "name a file in it");
    }
    EditLock lock = EditLock.take(file);
    try {
      new AtomicFileEdit(file).run(edit);
    } finally {
      lock.close();
    }
  }

  private static EditException unwritable(Path named, IOException e) {
    return new EditException("`" + named + "` can't be written: " + reason(e), help(e));
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "no permission for `" + denied.getFile() + "`";
    }
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return reason == null
        ? e.toString()
        : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }

  private static String help(IOException e) {
    return e instanceof AccessDeniedException
        ? "its directory must be writable too: the file is replaced, never written in place"
        : "";
  }

  private static Path follow(Path link) throws IOException {
    Path path = link;
    for (int i = 0; Files.isSymbolicLink(path); i++) {
      if (i == MAX_LINKS) {
        throw new FileSystemException(link.toString(), null, "too many symbolic links");
      }
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    return path;
  }

  /** As the XDG base directory specification wants configuration directories to be made. */
  private static void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private void run(Edit edit) throws IOException, EditException {
    sweep();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Seen seen = look();
      String text;
      try {
        text = edit.apply(seen.text());
      } catch (EditException refusal) {
        LockSupport.parkNanos(HALF_WRITTEN.toNanos());
        if (look().equals(seen)) {
          throw refusal;
        }
        continue;
      }
      if (text.equals(seen.text())) {
        return;
      }
      Path temporary = temporary();
      try {
        write(temporary, text);
        if (look().equals(seen)) {
          Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
          syncDirectory();
          return;
        }
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
    throw new EditException("`" + file + "` is being written all the time", "close what writes it");
  }

  private Seen look() throws IOException, EditException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      String text = FileText.read(file);
      if (isReadOnly()) {
        throw new EditException("`" + file + "` is read-only", "make it writable: chmod u+w");
      }
      return new Seen(text, attributes.fileKey(), attributes.lastModifiedTime());
    } catch (NoSuchFileException e) {
      return new Seen(null, null, null);
    } catch (MalformedValue unreadable) {
      throw new EditException(file + ": " + unreadable.getMessage(), unreadable.help());
    }
  }

  /** The superuser may write everything; a file without any write permission says not to. */
  private boolean isReadOnly() throws IOException {
    Set<PosixFilePermission> writers =
        Set.of(
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_WRITE);
    return !Files.isWritable(file)
        || Collections.disjoint(Files.getPosixFilePermissions(file), writers);
  }

  private Path temporary() {
    String random = String.format("%08x", ThreadLocalRandom.current().nextInt());
    return file.resolveSibling(prefix() + random + TEMPORARY);
  }

  private String prefix() {
    return "." + file.getFileName() + ".";
  }

  /** Whoever holds the lock knows that temporary files of others are of the dead. */
  private void sweep() throws IOException {
    try (DirectoryStream<Path> beside = Files.newDirectoryStream(file.getParent())) {
      for (Path each : beside) {
        String name = each.getFileName().toString();
        if (name.startsWith(prefix())
            && name.endsWith(TEMPORARY)
            && name.length() == prefix().length() + 8 + TEMPORARY.length()) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  private void write(Path temporary, String text) throws IOException, EditException {
    boolean exists = Files.exists(file);
    if (exists) {
      // Brings owner, permissions and extended attributes, access control lists among them.
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
    readBack(temporary, text);
    if (exists) {
      requireSameOwner(temporary);
    }
  }

  /** As whoever reads the policy does, who also has a limit of its size. */
  private void readBack(Path temporary, String text) throws IOException, EditException {
    try {
      if (!FileText.read(temporary).equals(text)) {
        throw new FileSystemException(file.toString(), null, "it reads back differently");
      }
    } catch (MalformedValue unreadable) {
      throw new EditException(
          "`" + file + "` would not be read: " + unreadable.getMessage(), unreadable.help());
    }
  }

  private void requireSameOwner(Path temporary) throws IOException, EditException {
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

  private void syncDirectory() throws IOException, EditException {
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      throw new EditException(
          "`" + file + "` was written, but may not outlive a crash of the system: " + reason(e),
          "");
    }
  }
}
