package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.launch.RunOutcome;
import io.github.appaware.launch.UnjudgedPrograms;
import io.github.appaware.wire.Message.Tally;
import io.github.appaware.wire.Message.Total;
import io.github.appaware.wire.Message.TotalKind;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A run's summary as one JSON object, in the form of {@code summary.schema.json}. */
final class SummaryFile {
  private SummaryFile() {}

  /**
   * Writes the file, or replaces it.
   *
   * @throws UsageException when that is not possible; the run is over by then
   */
  static void write(Path file, RunOutcome outcome) throws UsageException {
    try {
      Files.writeString(file, json(outcome) + "\n");
    } catch (IOException e) {
      throw new UsageException(
          "the summary can't be written: " + FileErrors.reason(e),
          "name a file that you can write after --summary");
    }
  }

  static String json(RunOutcome outcome) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator g = new JsonFactory().createGenerator(text)) {
      g.writeStartObject();
      g.writeNumberField("status", outcome.status());
      g.writeStringField("level", outcome.guarded() ? "guard" : "agent");
      g.writeBooleanField("judged", outcome.judged());
      g.writeNumberField("allowed", outcome.allowed());
      g.writeNumberField("blind", outcome.blind());
      g.writeNumberField("denied", outcome.denied());
      g.writeNumberField("would", outcome.would());
      g.writeNumberField("handed-over", outcome.handedOver());
      g.writeNumberField("unjudged", outcome.programs());
      events(g, outcome.tallies());
      g.writeNumberField("unnamed", outcome.unnamed());
      totals(g, "hosts", TotalKind.HOST, outcome.totals());
      totals(g, "libraries", TotalKind.LIBRARY, outcome.totals());
      JsonLine.array(g, "handovers", outcome.handovers());
      JsonLine.array(g, "policy", outcome.unasked());
      programs(g, outcome.unjudged());
      g.writeEndObject();
    }
    return text.toString();
  }

  private static void events(JsonGenerator g, List<Tally> tallies) throws IOException {
    g.writeArrayFieldStart("events");
    for (Tally each : tallies) {
      g.writeStartObject();
      g.writeStringField("verdict", Summary.word(each.verdict()));
      g.writeStringField("event", each.event());
      JsonLine.text(g, "origin", each.origin());
      g.writeStringField("reason", each.reason());
      g.writeNumberField("count", each.count());
      g.writeEndObject();
    }
    g.writeEndArray();
  }

  private static void totals(JsonGenerator g, String field, TotalKind kind, List<Total> totals)
      throws IOException {
    g.writeArrayFieldStart(field);
    for (Total each : totals) {
      if (each.kind() == kind) {
        g.writeStartObject();
        JsonLine.text(g, "name", each.name());
        g.writeNumberField("allowed", each.allowed());
        g.writeNumberField("denied", each.denied());
        g.writeNumberField("would", each.would());
        g.writeEndObject();
      }
    }
    g.writeEndArray();
  }

  private static void programs(JsonGenerator g, List<UnjudgedPrograms.Program> programs)
      throws IOException {
    g.writeArrayFieldStart("programs");
    for (UnjudgedPrograms.Program each : programs) {
      g.writeStartObject();
      g.writeStringField("command", Summary.shown(each));
      g.writeNumberField("pid", each.pid());
      g.writeStringField("since", each.since().toString());
      g.writeStringField("why", each.why().name().toLowerCase(Locale.ROOT));
      g.writeNumberField("count", each.count());
      g.writeEndObject();
    }
    g.writeEndArray();
  }
}
