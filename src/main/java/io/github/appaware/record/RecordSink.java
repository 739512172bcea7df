package io.github.appaware.record;

import java.io.Closeable;
import java.io.IOException;

/**
 * Where the lines of the record go. Used by one thread at a time; a write ends in a bounded time
 * where the other end is another program.
 */
public interface RecordSink extends Closeable {
  /**
   * Takes a line, with its end: the whole of it, or nothing is to be relied on any more.
   *
   * @throws IOException when it can't be said that the line is there
   */
  void write(byte[] line) throws IOException;

  /** The line is too long for this sink, which took nothing of it and takes others. */
  final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    TooLong(String message) {
      super(message);
    }
  }

  /** Opens a sink, once the server is known to be able to serve. */
  interface Opener {
    /**
     * Opens it.
     *
     * @throws IOException that says in words what is wrong
     */
    RecordSink open() throws IOException;
  }

  /** What users call it: the file, the address. */
  String name();
}
