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
import java.util.stream.Collectors;

/**
 * Reads an answer of a program: {@code {"question":3,"answer":"allow","scope":"host",
 * "term":"until","until":"2027-01-01T00:00:00Z"}}. Strict: what is not understood is no answer.
 */
final class JsonAnswer {
  private static final List<String> KEYS = List.of("question", "answer", "scope", "term", "until");
  private static final List<String> ANSWERS = List.of("allow", "deny", "dismiss", "deny-rest");

  /** What is wrong with a line. */
  static final class Problem extends Exception {
    private static final long serialVersionUID = 1;

    private final int column;

    Problem(int column, String message) {
      super(message);
      this.column = column;
    }

    /** Where it begins, from 1. */
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

  private JsonAnswer(JsonParser in) {
    this.in = in;
  }

  /**
   * Reads one line.
   *
   * @param id of the message that it becomes
   */
  static QuestionMessage parse(String line, long id) throws Problem, IOException {
    JsonFactory json = new JsonFactory();
    json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    try (JsonParser in = json.createParser(line)) {
      return new JsonAnswer(in).read(id);
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new Problem(column, "not JSON as it should be: " + e.getOriginalMessage());
    }
  }

  private QuestionMessage read(long id) throws Problem, IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw problem("an answer is an object: {\"question\":3,\"answer\":\"allow\"}");
    }
    for (JsonToken token = in.nextToken(); token == JsonToken.FIELD_NAME; token = in.nextToken()) {
      key(in.currentName());
    }
    if (in.nextToken() != null) {
      throw problem("there is more on the line than one answer");
    }
    return message(id);
  }

  private void key(String key) throws Problem, IOException {
    if (!KEYS.contains(key)) {
      throw problem("unknown key `" + key + "`: there are " + String.join(", ", KEYS));
    }
    JsonToken value = in.nextToken();
    if (key.equals("question")) {
      if (value != JsonToken.VALUE_NUMBER_INT || in.getText().length() > 18) {
        throw problem("`question` is the number of a question");
      }
      question = in.getLongValue();
      return;
    }
    if (value != JsonToken.VALUE_STRING) {
      throw problem("`" + key + "` is a string");
    }
    String text = in.getText();
    switch (key) {
      case "answer" -> {
        if (!ANSWERS.contains(text)) {
          throw problem("`" + text + "` is no answer: there are " + String.join(", ", ANSWERS));
        }
        answer = text;
      }
      case "scope" -> scope = one(Scope.values(), text, "scope");
      case "term" -> term = one(Term.values(), text, "term");
      default -> until = seconds(text);
    }
  }

  private <T extends Enum<T>> T one(T[] all, String text, String what) throws Problem {
    for (T each : all) {
      if (label(each).equals(text)) {
        return each;
      }
    }
    String labels = Arrays.stream(all).map(JsonAnswer::label).collect(Collectors.joining(", "));
    throw problem("`" + text + "` is no " + what + ": there are " + labels);
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
      // Told below.
    }
    throw problem("`" + text + "` is no time: write 2027-01-01T00:00:00Z");
  }

  private QuestionMessage message(long id) throws Problem {
    if (question < 0 || answer.isEmpty()) {
      throw new Problem(1, "`" + (question < 0 ? "question" : "answer") + "` is missing");
    }
    boolean isPlain = answer.startsWith("d") && !answer.equals("deny");
    if (isPlain && (scope != null || term != null || until != 0)) {
      throw new Problem(1, "`" + answer + "` has neither scope nor term");
    }
    if (isPlain) {
      return answer.equals("dismiss")
          ? new QuestionMessage.Dismiss(question)
          : new QuestionMessage.DenyRest(question);
    }
    Term lasting = term == null ? Term.ONCE : term;
    if ((lasting == Term.UNTIL) != (until != 0)) {
      throw new Problem(1, "`until` and the term `until` belong together");
    }
    Scope about = scope == null ? Scope.ENDPOINT : scope;
    Choice choice = new Choice(answer.equals("allow"), about, lasting, until);
    return new QuestionMessage.Answer(id, question, choice);
  }

  private Problem problem(String message) {
    return new Problem(Math.max(1, in.currentTokenLocation().getColumnNr()), message);
  }
}
