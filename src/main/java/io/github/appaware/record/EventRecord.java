package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;

/**
 * The record: JSON Lines, one event a line, written whole with one write before the verdict is
 * told. Safe for all threads. Once a write failed, every later one fails: a record with holes is
 * none.
 */
public final class EventRecord implements Closeable {
  private final JsonFactory json = new JsonFactory();
  private final RecordSink out;
  private final String machine;
  private final Watcher watcher;
  private final RecordMeter meter;
  private volatile IOException failure;

  /** Gets each line once it is written, with its end; must not block. */
  public interface Watcher {
    /** A line. */
    void happened(byte[] line);

    /** Whether it wants none now. */
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
   * A record.
   *
   * @param sink where it goes, closed with the record; null for nowhere
   * @param machine what is written where an application's machine is not known
   */
  public static EventRecord to(
      RecordSink sink, String machine, Watcher watcher, RecordMeter meter) {
    return new EventRecord(sink, machine, watcher, meter);
  }

  /** Where it goes, for people. */
  public String name() {
    return out == null ? "nowhere" : out.name();
  }

  /** Why nothing can be written any more; empty while it can. */
  public String failure() {
    IOException now = failure;
    return now == null ? "" : String.valueOf(now.getMessage());
  }

  /**
   * One event, or the same event several times.
   *
   * @param run the run's public name
   * @param time of the first
   * @throws IOException when it is not on its way to the disk
   */
  public void write(
      String run,
      Application app,
      Event event,
      Origin origin,
      Verdict verdict,
      int count,
      Instant time)
      throws IOException {
    if (out == null && watcher.isAway()) {
      return; // a line for nobody would cost more than the decision
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    try (JsonGenerator g = json.createGenerator(line)) {
      g.writeStartObject();
      g.writeStringField("time", time.toString());
      g.writeStringField("run", run);
      g.writeStringField("machine", app.machine().isEmpty() ? machine : app.machine());
      g.writeStringField("user", app.user());
      g.writeNumberField("pid", app.pid());
      write(g, app);
      write(g, event);
      write(g, origin);
      g.writeStringField("verdict", verdict.allowed() ? "allow" : "deny");
      write(g, verdict.reason());
      g.writeNumberField("epoch", verdict.epoch());
      g.writeNumberField("count", count);
      g.writeEndObject();
    }
    line.write('\n');
    keep(line.toByteArray());
  }

  private synchronized void keep(byte[] line) throws IOException {
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
      throw e; // nothing of it is there, and nothing else is lost
    } catch (IOException e) {
      failure = e;
      meter.unrecorded();
      throw e;
    }
  }

  private static void write(JsonGenerator g, Application app) throws IOException {
    g.writeObjectFieldStart("app");
    text(g, "id", app.id());
    text(g, "file", app.file());
    text(g, "path", app.path());
    text(g, "sha256", app.sha256());
    text(g, "kind", app.kind().label());
    text(g, "maven", app.maven());
    text(g, "parent", app.parent());
    if (app.selfReported()) {
      g.writeBooleanField("self-reported", true);
    }
    g.writeEndObject();
  }

  private static void write(JsonGenerator g, Event event) throws IOException {
    g.writeStringField("event", event.kind().label());
    if (event instanceof Event.Resolve e) {
      text(g, "host", e.host() == null ? "" : e.host());
      text(g, "address", e.address() == null ? "" : e.address().toString());
    } else if (event instanceof Event.Inet e) {
      g.writeStringField("protocol", e.protocol().label());
      text(g, "host", e.hosts().isEmpty() ? "" : e.hosts().get(0));
      g.writeStringField("address", e.address().toString());
      if (e.port() != 0 || !e.kind().isInbound()) {
        g.writeNumberField("port", e.port()); // else of several peers, whose ports did not matter
      }
      if (e.localPort() != 0) {
        g.writeNumberField("local", e.localPort());
      }
    } else if (event instanceof Event.Unix e) {
      g.writeStringField("protocol", "unix");
      g.writeStringField("path", e.path());
      if (!e.given().equals(e.path())) {
        g.writeStringField("given", e.given());
      }
    } else if (event instanceof Event.Blind e) {
      g.writeStringField("way", e.way().label());
      g.writeStringField("what", e.what());
    }
  }

  /** Of the frames the innermost, which is the code that called the JDK. */
  private static void write(JsonGenerator g, Origin origin) throws IOException {
    if (origin.thread().isEmpty() && origin.frames().isEmpty()) {
      return;
    }
    g.writeObjectFieldStart("origin");
    if (!origin.frames().isEmpty()) {
      Origin.Frame frame = origin.frames().get(0);
      text(g, "jar", frame.source().path());
      text(g, "sha256", frame.source().sha256());
      text(g, "maven", frame.source().maven());
      text(g, "module", frame.module());
      g.writeStringField("frame", frame.describe());
    }
    text(g, "thread", origin.thread());
    g.writeEndObject();
  }

  private static void write(JsonGenerator g, Reason reason) throws IOException {
    g.writeObjectFieldStart("reason");
    g.writeStringField("kind", reason.kind().label());
    text(g, "rule", reason.rule());
    text(g, "at", reason.at());
    g.writeEndObject();
  }

  /** What is not known is left out. */
  private static void text(JsonGenerator g, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      g.writeStringField(name, value);
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
