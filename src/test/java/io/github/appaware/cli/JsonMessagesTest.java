package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.EventKind;
import io.github.appaware.record.RecordEntries;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordFormat;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Offer;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import io.github.appaware.wire.QuestionMessage.Settled;
import io.github.appaware.wire.QuestionMessage.Standing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The schemas of {@code console --json}, against what it writes and what it reads. */
class JsonMessagesTest {
  @Provide
  Arbitrary<RecordEntry> entries() {
    return RecordEntries.all().filter(entry -> entry.event().kind() != EventKind.BLIND);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void everyMessageIsAsTheSchemaSays(
      @ForAll("entries") RecordEntry entry, @ForAll Standing standing, @ForAll boolean flag)
      throws IOException {
    String text = entry.run();
    RunInfo run = new RunInfo(text, text, entry.application(), 1, 2, 3, flag);
    Question question =
        new Question(
            7,
            text,
            text,
            entry.application(),
            standing,
            entry.event(),
            entry.origin(),
            1,
            29_000,
            30_000,
            0,
            List.of(new Offer(Choice.Scope.ENDPOINT, text), new Offer(Choice.Scope.HOST, text)),
            flag ? text : "",
            !flag);
    Long about = flag ? 7L : null;

    check(line(g -> JsonMessages.run(g, run)));
    check(line(g -> JsonMessages.event(g, record(entry))));
    check(line(g -> JsonMessages.missed(g, entry.count())));
    check(line(g -> JsonMessages.question(g, question)));
    check(line(g -> JsonMessages.settled(g, new Settled(7, flag, text, text))));
    check(line(g -> JsonMessages.answered(g, new Answered(3, flag, text), about)));
    List<String> lines = List.of(text, "");
    check(line(g -> JsonMessages.preview(g, new Previewed(3, text, lines, text), about)));
    check(line(g -> JsonMessages.details(g, new Details(3, lines, List.of(), lines), about)));
    check(line(g -> JsonMessages.error(g, "stdin:1:2", text)));
  }

  private static String record(RecordEntry entry) throws IOException {
    return new String(new RecordFormat().write(entry), StandardCharsets.UTF_8).strip();
  }

  @Test
  void theSchemaRefusesWhatIsNotAsItSays() throws IOException {
    String missed = line(g -> JsonMessages.missed(g, 3));
    check(missed);
    for (String wrong :
        List.of(
            missed.replace("missed", "lost"),
            missed.replace("3", "-3"),
            missed.replace("3", "3,\"more\":1"),
            "{\"type\":\"event\",\"record\":{}}")) {
      assertThat(JsonSchemas.CONSOLE_OUTPUT.problems(wrong)).as(wrong).isNotEmpty();
    }
  }

  @Test
  void anAnswerIsReadExactlyIfTheSchemaAllowsIt() throws IOException {
    List<String> terms =
        List.of(
            "",
            ",'term':'once'",
            ",'term':'always'",
            ",'term':'until'",
            ",'term':'until','until':'2027-01-01T00:00:00Z'",
            ",'until':'2027-01-01T00:00:00Z'",
            ",'term':'run','until':'2027-01-01T00:00:00Z'",
            ",'term':'until','until':'tomorrow'",
            ",'term':'ever'",
            ",'terms':'once'",
            ",'term':1");
    List<String> scopes =
        List.of(
            "",
            ",'scope':'host'",
            ",'scope':'application'",
            ",'scope':''",
            ",'machine-only':true",
            ",'scope':'host','machine-only':false",
            ",'machine-only':'true'",
            ",'preview':true",
            ",'preview':0");
    int read = 0;
    for (String answer :
        List.of(
            "allow",
            "deny",
            "dismiss",
            "deny-rest",
            "pin",
            "take-back",
            "hold",
            "details",
            "perhaps")) {
      for (String scope : scopes) {
        for (String term : terms) {
          for (String question :
              List.of("'question':3,", "'question':'3',", "'question':-3,", "")) {
            String line =
                ("{" + question + "'answer':'" + answer + "'" + scope + term + "}")
                    .replace('\'', '"');
            boolean allowed = JsonSchemas.CONSOLE_ANSWER.problems(line).isEmpty();
            assertThat(isRead(line)).as(line).isEqualTo(allowed);
            read += allowed ? 1 : 0;
          }
        }
      }
    }
    assertThat(read).isEqualTo(6 + 2 * 6 * 4);
  }

  private static boolean isRead(String line) throws IOException {
    try {
      QuestionMessage message = JsonAnswer.parse(line, 1);
      return message != null;
    } catch (JsonAnswer.Problem e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
  }

  private static void check(String line) {
    assertThat(JsonSchemas.CONSOLE_OUTPUT.problems(line)).as(line).isEmpty();
  }

  private static String line(JsonLine.Fields fields) throws IOException {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      JsonLine.print(new Console(out, out), fields);
    }
    return text.toString().strip();
  }
}
