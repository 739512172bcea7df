package io.github.appaware.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.appaware.report.Findings.Outcome;
import io.github.appaware.report.SarifAlerts.Alert;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;

/**
 * A report in SARIF 2.1.0 (OASIS, errata 01), within the limits that GitHub's documentation gives
 * for code scanning: of a run's results it shows 5,000, a file has at most 10 MB when compressed, a
 * rule ten tags, a name 255 characters and a description 1,024.
 */
public final class SarifReport {
  /** More are not shown; the worst come first. */
  static final int MOST_RESULTS = 5_000;

  /** Before compression, which never adds as much as is left to 10 MB. */
  static final int MOST_CHARACTERS = 9_500_000;

  private static final int MOST_ADVICE = 250;
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private final String version;
  private final Advice advice;
  private final SarifPlaces places;

  /**
   * A report.
   *
   * @param version the tool's
   */
  public SarifReport(String version, Advice advice, SarifPlaces places) {
    this.version = version;
    this.advice = advice;
    this.places = places;
  }

  /** Writes one object, in ASCII. */
  public void write(Findings findings, Writer out) throws IOException {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();
    try (JsonGenerator g = factory.createGenerator(out)) {
      g.writeStartObject();
      g.writeStringField("$schema", SCHEMA);
      g.writeStringField("version", "2.1.0");
      g.writeArrayFieldStart("runs");
      g.writeStartObject();
      tool(g);
      List<Alert> alerts = SarifAlerts.of(findings);
      int shown = results(g, factory, alerts);
      invocation(g, alerts.size() - shown, findings.unnamed());
      g.writeStringField("columnKind", "utf16CodeUnits");
      g.writeEndObject();
      g.writeEndArray();
      g.writeEndObject();
    }
    out.flush();
  }

  private void tool(JsonGenerator g) throws IOException {
    g.writeObjectFieldStart("tool");
    g.writeObjectFieldStart("driver");
    g.writeStringField("name", "appaware");
    g.writeStringField("semanticVersion", version);
    SarifRules.write(g);
    g.writeEndObject();
    g.writeEndObject();
  }

  /** Returns how many there was room for. */
  private int results(JsonGenerator g, JsonFactory factory, List<Alert> alerts) throws IOException {
    g.writeArrayFieldStart("results");
    int shown = 0;
    long size = 0;
    for (Alert alert : alerts.subList(0, Math.min(MOST_RESULTS, alerts.size()))) {
      StringWriter text = new StringWriter(1_024);
      try (JsonGenerator one = factory.createGenerator(text)) {
        result(one, alert, shown < MOST_ADVICE ? advice.of(List.of(alert.first().entry())) : "");
      }
      size += text.getBuffer().length() + 1;
      if (size > MOST_CHARACTERS) {
        break;
      }
      g.writeRawValue(text.toString());
      shown++;
    }
    g.writeEndArray();
    return shown;
  }

  private void result(JsonGenerator g, Alert alert, String rule) throws IOException {
    SarifPlaces.Place place = places.of(alert.first());
    g.writeStartObject();
    g.writeStringField("ruleId", SarifRules.id(alert.kind()));
    g.writeNumberField("ruleIndex", SarifRules.index(alert.kind()));
    g.writeStringField("level", alert.first().outcome() == Outcome.DENIED ? "error" : "warning");
    SarifRules.text(g, "message", SarifMessage.of(alert, rule));
    g.writeArrayFieldStart("locations");
    g.writeStartObject();
    g.writeObjectFieldStart("physicalLocation");
    g.writeObjectFieldStart("artifactLocation");
    g.writeStringField("uri", place.uri());
    g.writeEndObject();
    g.writeObjectFieldStart("region");
    g.writeNumberField("startLine", place.line());
    g.writeNumberField("startColumn", 1);
    g.writeNumberField("endLine", place.line());
    g.writeNumberField("endColumn", place.columns() + 1);
    g.writeEndObject();
    g.writeEndObject();
    g.writeEndObject();
    g.writeEndArray();
    g.writeObjectFieldStart("partialFingerprints");
    // The only one that GitHub compares; the number after the colon tells equal ones apart.
    g.writeStringField("primaryLocationLineHash", alert.fingerprint() + ":1");
    g.writeStringField("destination/v1", alert.fingerprint());
    g.writeEndObject();
    properties(g, alert, rule);
    g.writeEndObject();
  }

  private static void properties(JsonGenerator g, Alert alert, String rule) throws IOException {
    g.writeObjectFieldStart("properties");
    g.writeNumberField("count", alert.count());
    g.writeStringField("event", alert.first().event());
    g.writeStringField("library", alert.first().library());
    g.writeStringField("reason", alert.first().reason());
    g.writeStringField("allow", rule);
    g.writeEndObject();
  }

  private static void invocation(JsonGenerator g, int hidden, long unnamed) throws IOException {
    g.writeArrayFieldStart("invocations");
    g.writeStartObject();
    g.writeBooleanField("executionSuccessful", true);
    if (hidden > 0 || unnamed > 0) {
      g.writeArrayFieldStart("toolExecutionNotifications");
      g.writeStartObject();
      g.writeStringField("level", "warning");
      SarifRules.text(
          g,
          "message",
          hidden
              + " more alerts are not in this file"
              + (unnamed > 0 ? ", and " + unnamed + " events were only counted." : "."));
      g.writeEndObject();
      g.writeEndArray();
    }
    g.writeEndObject();
    g.writeEndArray();
  }
}
