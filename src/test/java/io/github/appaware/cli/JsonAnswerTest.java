package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.Choice.Term;
import io.github.appaware.wire.QuestionMessage;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonAnswerTest {
  @Test
  void anAnswerSaysWhatAndHowLong() throws Exception {
    assertThat(
            JsonAnswer.parse(
                "{\"question\":3,\"answer\":\"allow\",\"scope\":\"host\",\"term\":\"always\"}", 7))
        .isEqualTo(new QuestionMessage.Answer(7, 3, new Choice(true, Scope.HOST, Term.ALWAYS)));
  }

  @Test
  void theNarrowestIsMeantWhereNothingIsSaid() throws Exception {
    assertThat(JsonAnswer.parse(" {\"answer\": \"deny\", \"question\": 3} ", 7))
        .isEqualTo(new QuestionMessage.Answer(7, 3, Choice.DENY_ONCE));
  }

  @Test
  void anEndIsATime() throws Exception {
    String line =
        "{\"question\":3,\"answer\":\"allow\",\"term\":\"until\",\"until\":\"2027-01-01T01:00:00+01:00\"}";
    assertThat(JsonAnswer.parse(line, 7))
        .isEqualTo(
            new QuestionMessage.Answer(
                7, 3, Choice.until(true, Scope.ENDPOINT, Instant.parse("2027-01-01T00:00:00Z"))));
  }

  @Test
  void aQuestionCanBeLeftToOthersAndARunBeDenied() throws Exception {
    assertThat(JsonAnswer.parse("{\"question\":3,\"answer\":\"dismiss\"}", 7))
        .isEqualTo(new QuestionMessage.Dismiss(3));
    assertThat(JsonAnswer.parse("{\"question\":3,\"answer\":\"deny-rest\"}", 7))
        .isEqualTo(new QuestionMessage.DenyRest(3));
  }

  @Test
  void aRebuiltProgramIsPinnedAndAnAnswerTakenBack() throws Exception {
    assertThat(JsonAnswer.parse("{\"question\":3,\"answer\":\"pin\"}", 7))
        .isEqualTo(new QuestionMessage.Pin(7, 3));
    assertThat(JsonAnswer.parse("{\"question\":3,\"answer\":\"take-back\"}", 7))
        .isEqualTo(new QuestionMessage.TakeBack(7, 3));
  }

  @Test
  void moreCanBeAskedForBeforeTheAnswer() throws Exception {
    assertThat(JsonAnswer.parse("{\"question\":3,\"answer\":\"hold\"}", 7))
        .isEqualTo(new QuestionMessage.Engage(3));
    assertThat(JsonAnswer.parse("{\"question\":3,\"answer\":\"details\"}", 7))
        .isEqualTo(new QuestionMessage.Inspect(7, 3));
    String line = "{\"question\":3,\"answer\":\"allow\",\"term\":\"always\",\"preview\":true}";
    Choice always = new Choice(true, Scope.ENDPOINT, Term.ALWAYS);
    assertThat(JsonAnswer.parse(line, 7)).isEqualTo(new QuestionMessage.Preview(7, 3, always));
    assertThat(JsonAnswer.parse(line.replace("true}", "false}"), 7))
        .isEqualTo(new QuestionMessage.Answer(7, 3, always));
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void anAnswerCanBeForTheMachineOfTheQuestionAlone(String value, boolean only) throws Exception {
    String line = "{\"question\":3,\"answer\":\"allow\",\"machine-only\":" + value + "}";
    assertThat(JsonAnswer.parse(line, 7))
        .isEqualTo(
            new QuestionMessage.Answer(7, 3, new Choice(true, Scope.ENDPOINT, Term.ONCE, 0, only)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[]|1|expected an object: {\"question\":3,\"answer\":\"allow\"}",
        "3|1|expected an object: {\"question\":3,\"answer\":\"allow\"}",
        "{}|1|missing key `question`",
        "{\"question\":3}|1|missing key `answer`",
        "{\"question\":-3,\"answer\":\"deny\"}|1|missing key `question`",
        "{\"question\":\"3\"}|13|invalid `question`: expected the number of a question",
        "{\"question\":3.5}|13|invalid `question`: expected the number of a question",
        "{\"question\":9999999999999999999}|13|invalid `question`: expected the number of a question",
        "{\"answer\":true}|11|invalid `answer`: expected a string",
        "{\"answer\":\"yes\"}|11|unknown answer `yes`: expected allow, deny, dismiss,"
            + " deny-rest, pin, take-back, hold or details",
        "{\"scope\":\"HOST\"}|10|unknown scope `HOST`: expected endpoint, host, domain, origin,"
            + " application, private or anyone",
        "{\"term\":\"ever\"}|9|unknown term `ever`: expected once, run, until or always",
        "{\"until\":\"soon\"}|10|invalid time `soon`: expected e.g. 2027-01-01T00:00:00Z",
        "{\"until\":\"1970-01-01T00:00:00Z\"}|10|invalid time `1970-01-01T00:00:00Z`: expected e.g."
            + " 2027-01-01T00:00:00Z",
        "{\"allow\":3}|2|unknown key `allow`: expected question, answer, scope, term,"
            + " until, machine-only or preview",
        "{\"machine-only\":1}|17|invalid `machine-only`: expected true or false",
        "{\"question\":3,\"answer\":\"deny\"} {}|32|more than one answer on a line",
        "{\"question\":3,\"answer\":\"dismiss\",\"scope\":\"host\"}|1|with `dismiss`:"
            + " expected no other key than `question`",
        "{\"question\":3,\"answer\":\"pin\",\"machine-only\":false}|1|with `pin`:"
            + " expected no other key than `question`",
        "{\"question\":3,\"answer\":\"hold\",\"preview\":true}|1|with `hold`:"
            + " expected no other key than `question`",
        "{\"preview\":\"yes\"}|12|invalid `preview`: expected true or false",
        "{\"question\":3,\"answer\":\"allow\",\"term\":\"until\"}|1|missing key `until`: the"
            + " term `until` needs a time",
        "{\"question\":3,\"answer\":\"allow\",\"until\":\"2027-01-01T00:00:00Z\"}|1|`until`"
            + " without the term `until`",
      })
  void whatIsNotUnderstoodIsNoAnswer(String line, int column, String message) {
    JsonAnswer.Problem problem =
        catchThrowableOfType(JsonAnswer.Problem.class, () -> JsonAnswer.parse(line, 7));
    assertThat(problem).hasMessage(message);
    assertThat(problem.column()).isEqualTo(column);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {"{\"question\":3", "{\"question\":3,\"question\":4}", "oops", "{'question':3}"})
  void whatIsNoJsonIsNoAnswer(String line) {
    assertThat(catchThrowableOfType(JsonAnswer.Problem.class, () -> JsonAnswer.parse(line, 7)))
        .hasMessageStartingWith("invalid JSON: ");
  }
}
