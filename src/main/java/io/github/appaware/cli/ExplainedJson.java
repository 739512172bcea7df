package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Reason;
import io.github.appaware.policy.explain.Explanation;
import io.github.appaware.policy.model.Action;
import java.io.IOException;

/** What {@code policy explain --json} writes. */
final class ExplainedJson {
  private ExplainedJson() {}

  static void write(JsonGenerator g, ExplainedEvent explained) throws IOException {
    Explanation explanation = explained.explanation();
    Action verdict = explained.verdict();
    Reason reason = explanation.decision().reason();
    g.writeStringField("event", explained.event().kind().label());
    g.writeStringField("endpoint", explained.event().endpoint());
    g.writeStringField("verdict", verdict.label());
    g.writeObjectFieldStart("reason");
    g.writeStringField("kind", reason.kind().label());
    g.writeStringField("rule", reason.rule());
    g.writeStringField("at", reason.at());
    g.writeEndObject();
    JsonLine.array(g, "notes", explained.notes());
    g.writeArrayFieldStart("rules");
    for (Explanation.Part part : explanation.rules()) {
      g.writeStartObject();
      g.writeStringField("id", part.rule().id());
      g.writeStringField("action", part.rule().action().label());
      g.writeNumberField("priority", part.rule().priority());
      g.writeStringField("file", part.rule().file());
      g.writeNumberField("line", part.rule().line());
      g.writeStringField("role", ExplainedRule.role(part));
      g.writeStringField("key", part.key() == null ? "" : part.key().label());
      g.writeStringField("why", ExplainedRule.why(part, explanation));
      g.writeEndObject();
    }
    g.writeEndArray();
  }
}
