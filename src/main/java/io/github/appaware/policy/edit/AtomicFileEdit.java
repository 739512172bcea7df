package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.read.FileText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes a text file atomically: at every instant, even if the process is killed or the disk is
 * full, the file is whole, old or new. When {@link #edit} returns, the new one is on disk.
 *
 * <p>The new text goes to a {@link ReplacementFile}, which is renamed over the old file; then the
 * directory is synced. Right before the rename the old file is read again: if it has changed since
 * the first time, the edit starts again with the new content. Between that check and the rename
 * there remains an instant which no system call available to Java closes for editors that take no
 * lock; other runs of appaware wait for the {@link EditLock}.
 */
final class AtomicFileEdit {
  private static final int ATTEMPTS = 50;
  private static final int MAX_LINKS = 40;

  /** Long enough for an editor that writes in place to finish. */
  private static final Duration HALF_WRITTEN = Duration.ofMillis(60);

  /** Makes the new text of a file. */
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

  /** A file's content and attributes when it was read. */
  private record Snapshot(String text, Object key, Object modified) {}

  private final Path file;

  private AtomicFileEdit(Path file) {
    this.file = file;
  }

  /**
   * Applies the edit, which may be called several times: the last call counts.
   *
   * @param named may be a symbolic link, which stays, and may not exist yet
   * @throws EditException if the file is not changed
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

  /** With the mode that the XDG base directory specification prescribes. */
  private static void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private void run(Edit edit) throws IOException, EditException {
    ReplacementFile.deleteLeftOvers(file);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Snapshot before = read();
      String text;
      try {
        text = edit.apply(before.text());
      } catch (EditException refusal) {
        LockSupport.parkNanos(HALF_WRITTEN.toNanos());
        if (read().equals(before)) {
          throw refusal;
        }
        continue;
      }
      if (text.equals(before.text())) {
        return;
      }
      try (ReplacementFile replacement = ReplacementFile.create(file, text)) {
        if (read().equals(before)) {
          replacement.rename();
          syncDirectory();
          return;
        }
      }
    }
    throw new EditException("`" + file + "` keeps changing", "close the program that writes it");
  }

  private Snapshot read() throws IOException, EditException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      String text = FileText.read(file);
      if (isReadOnly()) {
        throw new EditException("`" + file + "` is read-only", "make it writable: chmod u+w");
      }
      return new Snapshot(text, attributes.fileKey(), attributes.lastModifiedTime());
    } catch (NoSuchFileException e) {
      return new Snapshot(null, null, null);
    } catch (MalformedValue unreadable) {
      throw new EditException(file + ": " + unreadable.getMessage(), unreadable.help());
    }
  }

  /** The superuser may write every file; one without any write permission is respected. */
  private boolean isReadOnly() throws IOException {
    Set<PosixFilePermission> writers =
        Set.of(
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_WRITE);
    return !Files.isWritable(file)
        || Collections.disjoint(Files.getPosixFilePermissions(file), writers);
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
