package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever names there are: no line steers the terminal, and none is wider than it. */
class HostileTextTest {
  private long time;

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> wild = Arbitraries.strings().all().ofMaxLength(40);
    Arbitrary<String> steering =
        Arbitraries.of(
            "\u001b[2J",
            "\u202e",
            "\u200b",
            "\u0000",
            "\r\n",
            "\u2066",
            "xn--",
            "xn--a-",
            "\u009b1m");
    Arbitrary<String> longs =
        Arbitraries.of("a.".repeat(400), "x".repeat(3_000), "\u0430".repeat(80));
    Arbitrary<String> plain =
        Arbitraries.of("repo1.maven.org", "\u043f\u0440\u0438\u043c\u0435\u0440.com");
    return Arbitraries.oneOf(wild, steering, longs, plain)
        .list()
        .ofMaxSize(4)
        .map(l -> String.join("", l));
  }

  private static void check(List<String> lines, int columns) {
    for (String line : lines) {
      assertThat(LineFitter.width(line)).as(line).isLessThanOrEqualTo(columns);
      assertThat(line.codePoints().filter(HostileTextTest::steers)).as(line).isEmpty();
    }
  }

  private static boolean steers(int code) {
    return switch (Character.getType(code)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> Character.getDirectionality(code) == Character.DIRECTIONALITY_RIGHT_TO_LEFT;
    };
  }

  @Property
  void noLineSteersOrOverflows(
      @ForAll("texts") String host,
      @ForAll("texts") String other,
      @ForAll @IntRange(min = 40, max = 200) int columns,
      @ForAll @IntRange(min = 6, max = 60) int rows) {
    Dialog dialog = new Dialog(Clock.systemUTC(), "", () -> time += 1_000, m -> {});
    var question =
        Samples.of(
                1,
                Samples.connect(host, 443),
                Samples.origin(other, other, other),
                host,
                1_000_000_000,
                0)
            .on(other);
    dialog.receive(question);
    List<String> lines = new ArrayList<>();
    for (String keys : List.of("", "s", "?", "D", "w")) {
      keys.chars().forEach(key -> dialog.press(Key.of(key)));
      dialog.receive(new Details(1, List.of(other), List.of(host), List.of(other)));
      dialog.receive(new Previewed(2, host, List.of(other, host), ""));
      var drawn = dialog.lines(columns, rows);
      assertThat(drawn).hasSizeLessThan(rows).isNotEmpty();
      drawn.forEach(line -> lines.add(line.text()));
      if (!keys.isEmpty()) {
        dialog.press(Key.ESCAPE);
      }
    }
    check(lines, columns);
    var settled = new Settled(1, false, other, host);
    assertThat(OutcomeLine.settled(question, settled).chars()).allMatch(c -> c >= ' ' && c < 0x7f);
  }

  @Test
  void theEndOfALongHostStaysVisible() {
    String host = "login.bank.example." + "a.".repeat(500) + "evil.example";
    var question = Samples.question(1, host);
    assertThat(EventText.describe(question.event()))
        .endsWith("a.evil.example:443")
        .contains("[...]");
    assertThat(HostText.warnings(host)).hasSize(1);
  }

  @Test
  void lookAlikesAreShownInBothForms() {
    assertThat(HostText.warnings("xn--80ak6aa92e.com"))
        .contains("in letters: \u0430\u0440\u0440\u04cf\u0435.com")
        .anyMatch(line -> line.contains("Cyrillic"));
    assertThat(HostText.warnings("xn--pypal-4ve.com"))
        .anyMatch(line -> line.startsWith("several alphabets in one word"));
    assertThat(HostText.warnings("repo1.maven.org")).isEmpty();
  }
}
