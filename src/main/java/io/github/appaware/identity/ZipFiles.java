package io.github.appaware.identity;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/**
 * Opens zip files. {@link ZipFile} reads the whole central directory into memory, up to 2 GiB of a
 * file that may be sparse; so its size is checked first, as in the format's specification (PKWARE's
 * APPNOTE, 4.3.14 to 4.3.16).
 */
final class ZipFiles {
  /** Enough for 600,000 entries; the JDK's own modules have 30,000. */
  static final int MOST_DIRECTORY_BYTES = 64 << 20;

  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int END_SIZE = 12;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LOCATOR_OFFSET = 8;
  private static final int END64 = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int END64_SIZE = 40;

  private ZipFiles() {}

  /**
   * The opened file.
   *
   * @throws UnhashableException if its central directory is too large
   */
  static ZipFile open(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      if (bytes.length() > MOST_DIRECTORY_BYTES) {
        requireSmallDirectory(bytes);
      }
    }
    return new ZipFile(file.toFile());
  }

  /** Every candidate for the end record counts, as a comment may contain more. */
  private static void requireSmallDirectory(RandomAccessFile file) throws IOException {
    long start = file.length() - LOCATOR_BYTES - END_BYTES - LONGEST_COMMENT;
    ByteBuffer tail = read(file, start, (int) (file.length() - start));
    for (int i = LOCATOR_BYTES; i <= tail.limit() - END_BYTES; i++) {
      if (tail.getInt(i) == END) {
        require(tail.getInt(i + END_SIZE) & 0xffffffffL, start + i);
        requireSmallDirectory64(file, tail, i - LOCATOR_BYTES);
      }
    }
  }

  private static void requireSmallDirectory64(RandomAccessFile file, ByteBuffer tail, int locator)
      throws IOException {
    long position = tail.getLong(locator + LOCATOR_OFFSET);
    if (tail.getInt(locator) == LOCATOR
        && position >= 0
        && position <= file.length() - END64_BYTES) {
      ByteBuffer end = read(file, position, END64_BYTES);
      if (end.getInt(0) == END64) {
        require(end.getLong(END64_SIZE), position);
      }
    }
  }

  /** A central directory larger than the file before its end record is invalid, and not read. */
  private static void require(long size, long end) throws UnhashableException {
    if (size > MOST_DIRECTORY_BYTES && size <= end) {
      throw new UnhashableException(
          "the zip file's central directory has more than "
              + (MOST_DIRECTORY_BYTES >> 20)
              + " MiB");
    }
  }

  private static ByteBuffer read(RandomAccessFile file, long position, int count)
      throws IOException {
    byte[] bytes = new byte[count];
    file.seek(position);
    file.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
