package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Application;
import io.github.appaware.record.ApplicationFields;
import io.github.appaware.record.EventFields;
import io.github.appaware.record.OriginFields;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Offer;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The objects that {@code appaware console --json} writes, as {@code console-output.schema.json}
 * beside this class describes them; {@link JsonAnswer} reads the other direction. What they have in
 * common with the record is written by the record's classes.
 */
final class JsonMessages {
  private JsonMessages() {}

  static void run(JsonGenerator g, RunInfo info) throws IOException {
    type(g, "run");
    g.writeStringField("run", info.run());
    g.writeStringField("machine", info.machine());
    application(g, info.application());
    g.writeNumberField("jvms", info.agents());
    g.writeNumberField("allowed", info.allowed());
    g.writeNumberField("denied", info.denied());
    g.writeBooleanField("over", info.over());
  }

  /**
   * An event.
   *
   * @param line of the record
   */
  static void event(JsonGenerator g, String line) throws IOException {
    type(g, "event");
    g.writeFieldName("record");
    g.writeRawValue(line);
  }

  static void missed(JsonGenerator g, long events) throws IOException {
    type(g, "missed");
    g.writeNumberField("events", events);
  }

  static void question(JsonGenerator g, Question question) throws IOException {
    type(g, "question");
    g.writeNumberField("question", question.id());
    g.writeStringField("run", question.run());
    g.writeStringField("machine", question.machine());
    application(g, question.application());
    g.writeStringField("standing", label(question.standing()));
    JsonLine.text(g, "formerly", question.formerly());
    EventFields.write(g, question.event());
    OriginFields.write(g, question.origin());
    g.writeStringField("what", question.event().describe());
    g.writeNumberField("tries", question.tries());
    g.writeNumberField("left-ms", question.left());
    g.writeNumberField("total-ms", question.total());
    g.writeNumberField("others", question.others());
    g.writeBooleanField("elsewhere", question.elsewhere());
    g.writeArrayFieldStart("offers");
    for (Offer offer : question.offers()) {
      g.writeStartObject();
      g.writeStringField("scope", label(offer.scope()));
      g.writeStringField("words", offer.words());
      g.writeEndObject();
    }
    g.writeEndArray();
  }

  static void settled(JsonGenerator g, Settled settled) throws IOException {
    type(g, "settled");
    g.writeNumberField("question", settled.question());
    g.writeBooleanField("allowed", settled.allowed());
    JsonLine.text(g, "by", settled.by());
    g.writeStringField("how", settled.how());
  }

  /**
   * What became of an answer.
   *
   * @param question which it was about, or null where that is not known
   */
  static void answered(JsonGenerator g, Answered answered, Long question) throws IOException {
    type(g, "answered");
    about(g, answered.id(), question);
    g.writeBooleanField("accepted", answered.accepted());
    JsonLine.text(g, "text", answered.text());
  }

  /**
   * What an answer would write.
   *
   * @param question which it was about, or null where that is not known
   */
  static void preview(JsonGenerator g, Previewed previewed, Long question) throws IOException {
    type(g, "preview");
    about(g, previewed.id(), question);
    JsonLine.text(g, "file", previewed.file());
    lines(g, "lines", previewed.lines());
    JsonLine.text(g, "problem", previewed.problem());
  }

  /**
   * All that is known about a question.
   *
   * @param question which, or null where that is not known
   */
  static void details(JsonGenerator g, Details details, Long question) throws IOException {
    type(g, "details");
    about(g, details.id(), question);
    lines(g, "rules", details.rules());
    lines(g, "processes", details.processes());
    lines(g, "stack", details.stack());
  }

  private static void about(JsonGenerator g, long line, Long question) throws IOException {
    g.writeNumberField("line", line);
    if (question != null) {
      g.writeNumberField("question", question);
    }
  }

  private static void lines(JsonGenerator g, String field, List<String> lines) throws IOException {
    g.writeArrayFieldStart(field);
    for (String each : lines) {
      g.writeString(each);
    }
    g.writeEndArray();
  }

  /**
   * A line that is not an answer.
   *
   * @param at {@code stdin:LINE:COLUMN}
   */
  static void error(JsonGenerator g, String at, String error) throws IOException {
    type(g, "error");
    g.writeStringField("at", at);
    g.writeStringField("error", error);
  }

  private static void application(JsonGenerator g, Application app) throws IOException {
    g.writeObjectFieldStart("app");
    ApplicationFields.write(g, app);
    g.writeNumberField("pid", app.pid());
    JsonLine.array(g, "command", app.command());
    g.writeEndObject();
  }

  private static void type(JsonGenerator g, String type) throws IOException {
    g.writeStringField("type", type);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
