package io.github.appaware.record;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Prints the record, where a service manager collects the output. Does not close the stream. */
final class StreamSink implements RecordSink {
  private final PrintStream out;
  private final long millis;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "record");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A sink.
   *
   * @param millis how long the reader may take for a line
   */
  StreamSink(PrintStream out, long millis) {
    this.out = out;
    this.millis = millis;
  }

  @Override
  public void write(byte[] line) throws IOException {
    // On another thread: a reader that stops reading would block this one for ever.
    Future<Boolean> written = writer.submit(() -> print(line));
    try {
      if (!written.get(millis, TimeUnit.MILLISECONDS)) {
        throw new IOException("the reader closed it");
      }
    } catch (TimeoutException e) {
      throw new IOException("the reader took longer than " + millis + " ms", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A {@code PrintStream} does not throw; its state has to be checked. */
  private boolean print(byte[] line) {
    out.write(line, 0, line.length);
    out.flush();
    return !out.checkError();
  }

  @Override
  public String name() {
    return "standard output";
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }
}
