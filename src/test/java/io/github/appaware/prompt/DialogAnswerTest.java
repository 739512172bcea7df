package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Preview;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.TakeBack;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A person answers only what was shown, has the time to, and can take it back. */
class DialogAnswerTest extends DialogFixture {
  /** Enter goes on to what was not shown yet, and saves only what was. */
  @Test
  void nothingIsSavedThatWasNotShown() {
    ask(7, "example.com");
    type("w");
    Preview preview = last(Preview.class);
    List<String> rule = IntStream.rangeClosed(1, 22).mapToObj(i -> "line " + i).toList();
    dialog.receive(new Previewed(preview.id(), "/p/policy.toml", rule, ""));
    dialog.press(Key.ENTER);
    assertThat(said).as("before it is drawn").hasSize(1);
    assertThat(shown(50, 15))
        .contains("| line 1\n", "| line 8\n", "lines 1 to 8 of 22", "[Enter] go on  [Esc] back")
        .doesNotContain("line 9", "save");
    dialog.press(Key.ENTER);
    dialog.press(Key.ENTER);
    assertThat(shown(50, 15)).contains("lines 9 to 16 of 22").doesNotContain("save");
    dialog.press(Key.UP);
    type(" ");
    assertThat(shown(50, 15)).contains("lines 8 to 15 of 22");
    dialog.press(Key.ENTER);
    assertThat(said).hasSize(1);
    assertThat(shown(50, 15)).contains("lines 15 to 22 of 22", "[Enter] save, and allow always");
    dialog.press(Key.ENTER);
    assertThat(last(Answer.class).choice()).isEqualTo(preview.choice());
  }

  /** Other lines then: all of them count anew. */
  @Test
  void anotherSizeOfTheWindowBeginsTheRuleAgain() {
    ask(7, "example.com");
    type("w");
    Preview preview = last(Preview.class);
    List<String> rule = List.of("a".repeat(40), "b".repeat(40), "c".repeat(40), "d".repeat(40));
    dialog.receive(new Previewed(preview.id(), "/p/policy.toml", rule, ""));
    assertThat(shown(80, 15)).contains("[Enter] save");
    assertThat(shown(20, 12)).doesNotContain("save");
    dialog.press(Key.ENTER);
    assertThat(said).hasSize(1);
    assertThat(shown(20, 6)).contains("the window is too").doesNotContain("save");
    dialog.press(Key.ENTER);
    assertThat(said).hasSize(1);
  }

  @Test
  void theChosenScopeIsAlwaysShown() {
    ask(7, "example.com");
    type("s");
    for (int i = 0; i < 2 * Scope.values().length; i++) {
      assertThat(shown(50, 12)).containsPattern("> \\d ").contains("[Esc] back");
      dialog.press(Key.DOWN);
    }
  }

  @Test
  void everyKeyIsShownOnASmallScreen() {
    ask(7, "example.com");
    assertThat(dialog.lines(50, 15)).hasSizeLessThanOrEqualTo(13);
    assertThat(shown(50, 15))
        .contains("connect tcp to example.com:443", "address")
        .contains("[d]", "[a]", "[r]", "[w]", "[n]", "[s]", "[?]", "[x]", "[D]");
  }

  /** By whatever key; the server has a last word about that as well. */
  @Test
  void theTimeStandsStillFromTheFirstKey() {
    dialog.receive(Samples.question(7, "example.com", 30_000, 0));
    millis += 5_000;
    assertThat(shown()).contains("denied in 25 s");
    type("z");
    assertThat(engaged).containsExactly(new QuestionMessage.Engage(7));
    dialog.receive(Samples.question(7, "example.com", 625_000, 0));
    millis += 60_000;
    dialog.tick();
    type("s");
    assertThat(shown()).contains("25 s left, waiting for you").doesNotContain("denied in");
    assertThat(engaged).as("once for a question").hasSize(1);
    millis += 550_000;
    assertThat(shown()).contains("denied in 15 s");
  }

  @Test
  void anAnswerAtOnceNeedsNoTime() {
    ask(7, "example.com");
    type("a");
    assertThat(engaged).isEmpty();
  }

  @Test
  void aKeyTakesTheLastAnswerThatHoldsBack() {
    ask(7, "one.example");
    assertThat(shown()).doesNotContain("[z]");
    type("z");
    assertThat(said).as("nothing to take back").isEmpty();
    type("r");
    dialog.receive(new Answered(last(Answer.class).id(), true, ""));
    ask(8, "once.example");
    type("d");
    dialog.receive(new Answered(last(Answer.class).id(), true, ""));
    ask(9, "two.example");
    assertThat(shown())
        .contains("[z] take back: allowed for this run: connect tcp to one.example:443");
    type("z");
    TakeBack back = last(TakeBack.class);
    assertThat(back.question()).isEqualTo(7);
    type("z");
    assertThat(last(TakeBack.class)).as("one at a time").isEqualTo(back);
    List<String> before = dialog.takeOutcomes();
    dialog.receive(new Answered(back.id(), true, "removed rule \"a\" from p.toml"));
    assertThat(before).hasSize(2);
    assertThat(dialog.takeOutcomes())
        .containsExactly(
            "appaware: taken back: allowed for this run: connect tcp to one.example:443 - removed"
                + " rule \"a\" from p.toml");
    assertThat(shown()).contains("connect tcp to two.example:443").doesNotContain("[z]");
  }

  @Test
  void whatStillHoldsIsSaidNotToBeTakenBack() {
    ask(7, "one.example");
    type("r");
    dialog.receive(new Answered(last(Answer.class).id(), true, ""));
    ask(8, "two.example");
    type("z");
    String unused = String.join("", dialog.takeOutcomes());
    dialog.receive(new Answered(last(TakeBack.class).id(), false, "no \u001b[2J"));
    assertThat(dialog.takeOutcomes())
        .containsExactly(
            "appaware: NOT taken back: allowed for this run: connect tcp to one.example:443 - no"
                + " \\u001b[2J");
  }
}
