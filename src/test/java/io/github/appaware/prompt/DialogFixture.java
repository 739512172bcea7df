package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Standing;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A dialog with a clock of the test's own, a person who presses keys, and a server. */
abstract class DialogFixture {
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  /** What the server hears, but that the person has begun to answer. */
  final List<QuestionMessage> said = new ArrayList<>();

  /** That. */
  final List<QuestionMessage> engaged = new ArrayList<>();

  long millis = 1_000_000;
  final Dialog dialog =
      new Dialog(Clock.fixed(NOW, ZoneOffset.UTC), "localhost", () -> millis, this::say);

  private void say(QuestionMessage message) {
    (message instanceof QuestionMessage.Engage ? engaged : said).add(message);
  }

  /** A question, which has been there long enough for keys to count. */
  void ask(long id, String host) {
    dialog.receive(Samples.question(id, host));
    millis += 1_000;
  }

  void type(String keys) {
    keys.chars().forEach(key -> dialog.press(Key.of(key)));
  }

  String shown() {
    return shown(100, 40);
  }

  String shown(int columns, int rows) {
    List<String> lines = dialog.lines(columns, rows).stream().map(ScreenLine::text).toList();
    return String.join("\n", lines);
  }

  <T extends QuestionMessage> T last(Class<T> type) {
    assertThat(said).isNotEmpty();
    return type.cast(said.get(said.size() - 1));
  }

  /** A question about an application that the policy may know as another build. */
  static Question at(String machine, String formerly, boolean elsewhere) {
    Question plain = Samples.question(7, "a.example");
    return new Question(
        7,
        plain.run(),
        machine,
        plain.application(),
        formerly.isEmpty() ? Standing.NEW : Standing.CHANGED,
        plain.event(),
        plain.origin(),
        1,
        plain.left(),
        plain.total(),
        0,
        plain.offers(),
        formerly,
        elsewhere);
  }
}
