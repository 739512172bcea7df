package io.github.appaware.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes files for the user alone. What is written is on disk when a method returns; a reader sees
 * the old content or the new, also after a crash.
 */
public final class SecretFile {
  private SecretFile() {}

  /** Writes a new file; there must be none of that name. */
  public static void create(Path file, String content) throws IOException {
    fill(file, content);
    sync(file.toAbsolutePath().getParent());
  }

  /** Writes a file, in place of the one that may be there. */
  public static void replace(Path file, String content) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + "." + System.nanoTime() + ".tmp");
    try {
      fill(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      boolean unused = Files.deleteIfExists(fresh);
    }
    sync(file.toAbsolutePath().getParent());
  }

  private static void fill(Path file, String content) throws IOException {
    FileAttribute<Set<PosixFilePermission>> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Set<StandardOpenOption> create =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    try (FileChannel out = FileChannel.open(file, create, mode)) {
      write(out, content);
    }
  }

  /** Appends to an open file. */
  public static void write(FileChannel out, String content) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
    out.force(true);
  }

  /** Makes what was created, renamed or deleted in a directory outlive a crash of the system. */
  public static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
