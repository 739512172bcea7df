package io.github.appaware.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Appends the record to a file that no other server writes. Before it would exceed its size, the
 * file is renamed to {@code FILE.1}, the former {@code FILE.1} to {@code FILE.2} and so on; the
 * oldest is replaced.
 *
 * <p>A line is never split between files. Renaming begins with the oldest file, and each step is
 * one rename: a server that is killed meanwhile leaves at most one number out.
 */
final class RotatingSink implements RecordSink {
  private final Path file;
  private final long longest;
  private final int keep;
  private FileChannel out;
  private long length;

  private RotatingSink(Path file, long longest, int keep, FileChannel out) throws IOException {
    this.file = file;
    this.longest = longest;
    this.keep = keep;
    this.out = out;
    this.length = out.size();
  }

  /**
   * Opens the file for appending.
   *
   * @param longest the most bytes of a file; a single line may be longer
   * @param keep how many older files to keep, at least 1
   */
  static RotatingSink open(Path file, long longest, int keep) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("can't rotate the record `" + file + "`: not a regular file");
    }
    FileChannel out = FileSink.channel(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try {
      lock(file, out);
      FileSink.endLastLine(file, out);
      return new RotatingSink(file, longest, keep, out);
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  /** Held until the channel is closed: two servers that rotate the same files would lose some. */
  private static void lock(Path file, FileChannel out) throws IOException {
    FileLock lock;
    try {
      lock = out.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException("the record `" + file + "` is being written by another server");
    }
  }

  @Override
  public void write(byte[] line) throws IOException {
    if (length > 0 && length + line.length > longest) {
      rotate();
    }
    FileSink.writeFully(out, line);
    length += line.length;
  }

  private void rotate() throws IOException {
    int free = 1;
    while (free < keep && Files.exists(numbered(free))) {
      free++;
    }
    for (int i = free; i > 1; i--) {
      move(numbered(i - 1), numbered(i));
    }
    move(file, numbered(1));
    FileChannel next =
        FileSink.channel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    try {
      lock(file, next);
    } catch (IOException e) {
      next.close();
      throw e;
    }
    out.close();
    out = next;
    length = 0;
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path numbered(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
