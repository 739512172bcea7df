package io.github.appaware.record;

import java.io.Closeable;
import java.io.IOException;

/**
 * Where the lines of the record go. Used by one thread at a time. A write to another program ends
 * within a bounded time.
 */
public interface RecordSink extends Closeable {
  /**
   * Writes a line, which ends with its line feed. After a failure the sink is not used again.
   *
   * @throws TooLong when the line is too long; the sink can be used again
   * @throws IOException when the line may not be written
   */
  void write(byte[] line) throws IOException;

  /** The line is too long for this sink, which wrote nothing of it. */
  final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    TooLong(String message) {
      super(message);
    }
  }

  /** Opens a sink once the server is able to serve. */
  interface Opener {
    /**
     * Opens the sink.
     *
     * @throws IOException when it can't be opened; says why
     */
    RecordSink open() throws IOException;
  }

  /** The sink as messages name it: the file, the address. */
  String name();
}
