package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Reason;
import java.io.IOException;

/** The object {@code reason}. */
final class ReasonFields {
  private static final String REASON = "reason";
  private static final String KIND = "kind";
  private static final String RULE = "rule";
  private static final String AT = "at";

  private ReasonFields() {}

  static void write(JsonGenerator g, Reason reason) throws IOException {
    g.writeObjectFieldStart(REASON);
    g.writeStringField(KIND, reason.kind().label());
    Fields.text(g, RULE, reason.rule());
    Fields.text(g, AT, reason.at());
    g.writeEndObject();
  }

  static Reason read(JsonObject line) throws RecordFormatException {
    JsonObject reason = line.object(REASON);
    Reason.Kind kind =
        Fields.labelled(Reason.Kind.values(), Reason.Kind::label, reason.text(KIND), "reason");
    return new Reason(kind, reason.text(RULE), reason.text(AT));
  }
}
