package io.github.appaware.record;

import java.io.Closeable;
import java.io.IOException;

/**
 * The record of a server. Each entry is written whole, with one write, before the verdict goes out.
 * Once a write failed every later one fails, as a record with gaps proves nothing.
 *
 * <p>Safe for all threads.
 */
public final class EventRecord implements Closeable {
  private final RecordFormat format = new RecordFormat();
  private final RecordSink out;
  private final String machine;
  private final Watcher watcher;
  private final RecordMeter meter;
  private volatile IOException failure;

  /** Gets each line, with its line feed, once it is written; must not block. */
  public interface Watcher {
    /** A line was written. */
    void happened(byte[] line);

    /** Whether lines are not wanted at present. */
    default boolean isAway() {
      return false;
    }
  }

  private EventRecord(RecordSink out, String machine, Watcher watcher, RecordMeter meter) {
    this.out = out;
    this.machine = machine;
    this.watcher = watcher;
    this.meter = meter;
  }

  /**
   * Begins a record.
   *
   * @param sink where it goes, closed with the record; null for nowhere
   * @param machine what is written where an application's machine is not known
   */
  public static EventRecord to(
      RecordSink sink, String machine, Watcher watcher, RecordMeter meter) {
    return new EventRecord(sink, machine, watcher, meter);
  }

  /** Where it goes, for messages. */
  public String name() {
    return out == null ? "nowhere" : out.name();
  }

  /** Why nothing can be written any more; empty while writing works. */
  public String failure() {
    IOException now = failure;
    return now == null ? "" : String.valueOf(now.getMessage());
  }

  /**
   * Writes an entry.
   *
   * @throws RecordSink.TooLong when the sink can't take this entry, but can take others
   * @throws IOException when the entry may not be in the record
   */
  public void write(RecordEntry entry) throws IOException {
    if (out == null && watcher.isAway()) {
      return; // formatting a line that is not read would cost more than the decision
    }
    write(format.write(entry.on(machine)));
  }

  private synchronized void write(byte[] line) throws IOException {
    if (failure != null) {
      meter.unrecorded();
      throw failure;
    }
    try {
      if (out != null) {
        out.write(line);
        meter.recorded(line.length);
      }
      watcher.happened(line);
    } catch (RecordSink.TooLong e) {
      meter.unrecorded();
      throw e; // nothing of the line was written, and no other line is lost
    } catch (IOException e) {
      failure = e;
      meter.unrecorded();
      throw e;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (failure == null) {
      failure = new IOException("the server ends");
    }
    if (out != null) {
      out.close();
    }
  }
}
