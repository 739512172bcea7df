package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.Choice.Term;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads an answer of a program: {@code {"question":3,"answer":"allow","scope":"host",
 * "term":"until","until":"2027-01-01T00:00:00Z"}}, as {@code console-answer.schema.json} beside
 * this class describes it. Strict: a line with anything unknown in it is refused as a whole.
 */
final class JsonAnswer {
  private static final String MACHINE_ONLY = "machine-only";
  private static final String PREVIEW = "preview";
  private static final List<String> KEYS =
      List.of("question", "answer", "scope", "term", "until", MACHINE_ONLY, PREVIEW);
  private static final List<String> ANSWERS =
      List.of("allow", "deny", "dismiss", "deny-rest", "pin", "take-back", "hold", "details");

  /** What is wrong with a line. */
  static final class Problem extends Exception {
    private static final long serialVersionUID = 1;

    private final int column;

    Problem(int column, String message) {
      super(message);
      this.column = column;
    }

    /** Where on the line it is, from 1. */
    int column() {
      return column;
    }
  }

  private final JsonParser in;
  private long question = -1;
  private String answer = "";
  private Scope scope;
  private Term term;
  private long until;

  /** Null where the line does not say. */
  private Boolean machineOnly;

  private Boolean preview;

  private JsonAnswer(JsonParser in) {
    this.in = in;
  }

  /**
   * Reads one line.
   *
   * @param id the id that the message gets
   */
  static QuestionMessage parse(String line, long id) throws Problem, IOException {
    JsonFactory json = new JsonFactory();
    json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    try (JsonParser in = json.createParser(line)) {
      return new JsonAnswer(in).read(id);
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new Problem(column, "invalid JSON: " + e.getOriginalMessage());
    }
  }

  private QuestionMessage read(long id) throws Problem, IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw problem("expected an object: {\"question\":3,\"answer\":\"allow\"}");
    }
    for (JsonToken token = in.nextToken(); token == JsonToken.FIELD_NAME; token = in.nextToken()) {
      key(in.currentName());
    }
    if (in.nextToken() != null) {
      throw problem("more than one answer on a line");
    }
    return message(id);
  }

  private void key(String key) throws Problem, IOException {
    if (!KEYS.contains(key)) {
      throw problem(WordConverter.unknown("key", key, KEYS));
    }
    JsonToken value = in.nextToken();
    if (key.equals("question")) {
      if (value != JsonToken.VALUE_NUMBER_INT || in.getText().length() > 18) {
        throw problem("invalid `question`: expected the number of a question");
      }
      question = in.getLongValue();
      return;
    }
    if (key.equals(MACHINE_ONLY)) {
      machineOnly = flag(key, value);
      return;
    }
    if (key.equals(PREVIEW)) {
      preview = flag(key, value);
      return;
    }
    if (value != JsonToken.VALUE_STRING) {
      throw problem("invalid `" + key + "`: expected a string");
    }
    String text = in.getText();
    switch (key) {
      case "answer" -> {
        if (!ANSWERS.contains(text)) {
          throw problem(WordConverter.unknown("answer", text, ANSWERS));
        }
        answer = text;
      }
      case "scope" -> scope = one(Scope.values(), text, "scope");
      case "term" -> term = one(Term.values(), text, "term");
      default -> until = seconds(text);
    }
  }

  private boolean flag(String key, JsonToken value) throws Problem {
    if (value != JsonToken.VALUE_TRUE && value != JsonToken.VALUE_FALSE) {
      throw problem("invalid `" + key + "`: expected true or false");
    }
    return value == JsonToken.VALUE_TRUE;
  }

  private <T extends Enum<T>> T one(T[] all, String text, String what) throws Problem {
    for (T each : all) {
      if (label(each).equals(text)) {
        return each;
      }
    }
    List<String> labels = Arrays.stream(all).<String>map(JsonAnswer::label).toList();
    throw problem(WordConverter.unknown(what, text, labels));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private long seconds(String text) throws Problem {
    try {
      long seconds = OffsetDateTime.parse(text).toEpochSecond();
      if (seconds > 0) {
        return seconds;
      }
    } catch (DateTimeException e) {
      // Reported below.
    }
    throw problem("invalid time `" + text + "`: expected e.g. 2027-01-01T00:00:00Z");
  }

  private QuestionMessage message(long id) throws Problem {
    if (question < 0 || answer.isEmpty()) {
      throw new Problem(1, "missing key `" + (question < 0 ? "question" : "answer") + "`");
    }
    boolean isPlain = !answer.equals("allow") && !answer.equals("deny");
    boolean isMore = scope != null || term != null || until != 0;
    if (isPlain && (isMore || machineOnly != null || preview != null)) {
      throw new Problem(1, "with `" + answer + "`: expected no other key than `question`");
    }
    return switch (answer) {
      case "dismiss" -> new QuestionMessage.Dismiss(question);
      case "deny-rest" -> new QuestionMessage.DenyRest(question);
      case "pin" -> new QuestionMessage.Pin(id, question);
      case "take-back" -> new QuestionMessage.TakeBack(id, question);
      case "hold" -> new QuestionMessage.Engage(question);
      case "details" -> new QuestionMessage.Inspect(id, question);
      default ->
          Boolean.TRUE.equals(preview)
              ? new QuestionMessage.Preview(id, question, choice())
              : new QuestionMessage.Answer(id, question, choice());
    };
  }

  private Choice choice() throws Problem {
    Term lasting = term == null ? Term.ONCE : term;
    if ((lasting == Term.UNTIL) != (until != 0)) {
      throw new Problem(
          1,
          until == 0
              ? "missing key `until`: the term `until` needs a time"
              : "`until` without the term `until`");
    }
    Scope about = scope == null ? Scope.ENDPOINT : scope;
    boolean here = Boolean.TRUE.equals(machineOnly);
    return new Choice(answer.equals("allow"), about, lasting, until, here);
  }

  private Problem problem(String message) {
    return new Problem(Math.max(1, in.currentTokenLocation().getColumnNr()), message);
  }
}
