package io.github.appaware.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.server.ServerState;
import io.github.appaware.server.ServerStatus;
import java.io.IOException;
import java.io.OutputStream;

/** A server's state as JSON: the figures alone, or with the names of clients and runs. */
final class StatusJson {
  /** Clients and runs that are named; the figures count all. */
  static final int MOST = 1_000;

  private StatusJson() {}

  static void write(OutputStream out, ServerState state) throws IOException {
    try (JsonGenerator g = generator(out)) {
      g.writeStartObject();
      figures(g, state);
      g.writeEndObject();
    }
    out.write('\n');
  }

  static void write(OutputStream out, ServerStatus status) throws IOException {
    try (JsonGenerator g = generator(out)) {
      g.writeStartObject();
      figures(g, status.state());
      g.writeNumberField("pid", ProcessHandle.current().pid());
      g.writeStringField("started", status.started().toString());
      g.writeArrayFieldStart("addresses");
      for (String address : status.addresses()) {
        g.writeString(address);
      }
      g.writeEndArray();
      clients(g, status);
      runs(g, status);
      g.writeEndObject();
    }
    out.write('\n');
  }

  private static JsonGenerator generator(OutputStream out) throws IOException {
    return new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  private static void figures(JsonGenerator g, ServerState state) throws IOException {
    g.writeStringField("status", state.isHealthy() ? "ok" : "failed");
    g.writeNumberField("epoch", state.epoch());
    g.writeNumberField("runs", state.runs());
    g.writeNumberField("agents", state.agents());
    g.writeNumberField("consoles", state.consoles());
    g.writeNumberField("questions", state.questions());
    g.writeStringField("record", state.record().isEmpty() ? "ok" : state.record());
    g.writeStringField("store", state.store().isEmpty() ? "ok" : state.store());
  }

  private static void clients(JsonGenerator g, ServerStatus status) throws IOException {
    g.writeArrayFieldStart("clients");
    int written = 0;
    for (ServerStatus.ConnectedClient client : status.clients()) {
      if (written++ == MOST) {
        break;
      }
      g.writeStartObject();
      g.writeStringField("name", client.name());
      g.writeStringField("role", client.role());
      g.writeStringField("host", client.host());
      g.writeNumberField("connections", client.connections());
      g.writeEndObject();
    }
    g.writeEndArray();
  }

  private static void runs(JsonGenerator g, ServerStatus status) throws IOException {
    g.writeArrayFieldStart("running");
    int written = 0;
    for (ServerStatus.KnownRun run : status.runs()) {
      if (written++ == MOST) {
        break;
      }
      g.writeStartObject();
      g.writeStringField("run", run.name());
      g.writeStringField("machine", run.machine());
      g.writeStringField("application", run.application());
      g.writeNumberField("agents", run.agents());
      g.writeEndObject();
    }
    g.writeEndArray();
  }
}
