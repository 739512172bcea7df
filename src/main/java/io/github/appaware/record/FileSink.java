package io.github.appaware.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends the record to a file, which may be a pipe or a device. Several servers may append to one
 * file, as each line is one write.
 */
public final class FileSink implements RecordSink {
  private final Path file;
  private final FileChannel out;

  private FileSink(Path file, FileChannel out) {
    this.file = file;
    this.out = out;
  }

  public static FileSink open(Path file) throws IOException {
    FileChannel out = channel(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    endLastLine(file, out);
    return new FileSink(file, out);
  }

  /** Opens the file; the exception says why it can't be opened. */
  static FileChannel channel(Path file, OpenOption... options) throws IOException {
    try {
      return FileChannel.open(file, options);
    } catch (NoSuchFileException e) {
      throw new IOException("can't create the record `" + file + "`: no such directory", e);
    } catch (AccessDeniedException e) {
      throw new IOException("can't write the record `" + file + "`: permission denied", e);
    } catch (FileSystemException e) {
      throw new IOException("can't write the record `" + file + "`: " + e.getReason(), e);
    }
  }

  /**
   * Ends a line that a killed server left unfinished, so that it does not spoil the next one. Where
   * another server is writing at this moment, an empty line may follow its line.
   */
  static void endLastLine(Path file, FileChannel out) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file) || Files.size(file) == 0) {
      return;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      in.read(last, in.size() - 1);
    }
    if (last.get(0) != '\n') {
      writeFully(out, new byte[] {'\n'});
    }
  }

  static void writeFully(FileChannel out, byte[] line) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(line);
    while (left.hasRemaining()) {
      out.write(left);
    }
  }

  @Override
  public void write(byte[] line) throws IOException {
    writeFully(out, line);
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
