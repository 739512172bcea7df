package io.github.appaware.record;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the lines of a record, in memory that does not grow with it. Empty lines are skipped: a
 * server may begin with one, to end the line of another that was killed.
 */
public final class RecordReader implements Closeable {
  /** In bytes. Servers write lines of a few kilobytes; a file without line ends is no record. */
  static final int LONGEST_LINE = 1 << 20;

  private final RecordFormat format = new RecordFormat();
  private final String name;
  private final InputStream in;
  private byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private long line;
  private long position;

  private RecordReader(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /** Reads a file from its beginning. */
  public static RecordReader open(Path file) throws IOException {
    return open(file, 0);
  }

  /**
   * Reads a file from where a line begins.
   *
   * @param position in bytes; lines are counted from there
   */
  public static RecordReader open(Path file, long position) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(position);
    } catch (IOException e) {
      in.close();
      throw e;
    }
    return new RecordReader(file.toString(), in);
  }

  /** Reads a stream, which is closed with the reader. */
  public static RecordReader of(String name, InputStream in) {
    return new RecordReader(name, in);
  }

  /**
   * The next entry; null at the end. A later call goes on where a file has grown since.
   *
   * @throws RecordFormatException that begins with the place of the line; the next call goes on
   *     with the line after it
   */
  public RecordEntry next() throws IOException {
    while (true) {
      int end = end();
      if (end < 0) {
        return null;
      }
      int begin = from;
      position += end + 1 - begin;
      from = end + 1;
      line++;
      if (end > begin) {
        try {
          return format.read(buffer, begin, end - begin);
        } catch (RecordFormatException e) {
          throw new RecordFormatException(at() + ": " + e.getMessage(), e);
        }
      }
    }
  }

  /** Where the line feed of the current line is in the buffer, or -1 where there is none yet. */
  private int end() throws IOException {
    int searched = from;
    while (true) {
      for (int i = searched; i < to; i++) {
        if (buffer[i] == '\n') {
          return i;
        }
      }
      searched = makeRoom();
      int read = in.read(buffer, to, buffer.length - to);
      if (read <= 0) {
        return -1;
      }
      to += read;
    }
  }

  /** Returns where the bytes that were not searched begin. */
  private int makeRoom() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      if (to >= LONGEST_LINE) {
        throw new IOException(name + ":" + (line + 1) + ": the line is too long for a record");
      }
      buffer = Arrays.copyOf(buffer, 2 * to);
    }
    return to;
  }

  /** Whether the end of the record is a part of a line: it is being written, or its writer died. */
  public boolean isTorn() {
    return to > from;
  }

  /** How many bytes the lines had that were read. */
  public long position() {
    return position;
  }

  /** The place of the last line: {@code events.jsonl:12}. */
  public String at() {
    return name + ":" + line;
  }

  /** The file's name. */
  public String name() {
    return name;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
