package io.github.appaware.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Reason;
import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.Findings.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A report for programs, as {@code report.schema.json} describes it. */
public final class JsonReport {
  private static final int MOST_ADVICE = 250;

  private final Advice advice;

  public JsonReport(Advice advice) {
    this.advice = advice;
  }

  /** Writes one object. */
  public void write(Findings findings, Writer out) throws IOException {
    try (JsonGenerator g = new JsonFactory().createGenerator(out)) {
      g.writeStartObject();
      for (Outcome outcome : Outcome.values()) {
        g.writeNumberField(outcome.label(), findings.count(outcome));
      }
      g.writeNumberField("unnamed", findings.unnamed());
      g.writeArrayFieldStart("destinations");
      int advised = 0;
      for (Finding each : findings.all()) {
        boolean denied = each.outcome() != Outcome.ALLOWED;
        write(g, each, denied && advised++ < MOST_ADVICE ? advice.of(List.of(each.entry())) : "");
      }
      g.writeEndArray();
      g.writeArrayFieldStart("services");
      for (Services.Service each : findings.services()) {
        write(g, each);
      }
      g.writeEndArray();
      g.writeEndObject();
    }
  }

  private static void write(JsonGenerator g, Services.Service each) throws IOException {
    g.writeStartObject();
    g.writeStringField("host", each.target().host());
    text(g, "port", each.target().port());
    text(g, "protocol", each.target().protocol());
    g.writeStringField("verdict", each.worst().label());
    g.writeNumberField("count", each.count());
    names(g, "apps", each.apps());
    names(g, "libraries", each.libraries());
    g.writeStringField("purpose", "");
    g.writeEndObject();
  }

  private static void names(JsonGenerator g, String field, List<String> names) throws IOException {
    g.writeArrayFieldStart(field);
    for (String name : names) {
      g.writeString(name);
    }
    g.writeEndArray();
  }

  private static void write(JsonGenerator g, Finding each, String rule) throws IOException {
    Reason reason = each.entry().verdict().reason();
    g.writeStartObject();
    g.writeStringField("verdict", each.outcome().label());
    g.writeNumberField("count", each.count());
    g.writeStringField("app", each.app());
    g.writeStringField("event", each.event());
    text(g, "library", each.library());
    text(g, "frame", each.frame());
    text(g, "caller", each.caller());
    text(g, "test", each.test());
    g.writeStringField("reason", each.reason());
    text(g, "rule", reason.rule());
    text(g, "at", reason.at());
    text(g, "allow", rule);
    g.writeEndObject();
  }

  private static void text(JsonGenerator g, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      g.writeStringField(name, value);
    }
  }
}
