package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.Choice.Term;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Inspect;
import io.github.appaware.wire.QuestionMessage.Preview;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys to messages. */
class DialogTest extends DialogFixture {
  @Test
  void aRebuiltProgramCanBeSaidToBeTheKnownOne() {
    dialog.receive(at("localhost", "mine", true));
    millis += 1_000;
    assertThat(shown()).contains("[u] this is the new mine: add its hash, keep its rules");
    type("u");
    QuestionMessage.Pin pin = last(QuestionMessage.Pin.class);
    assertThat(pin.question()).isEqualTo(7);
    dialog.receive(new Answered(pin.id(), true, "it is `mine`: hash added (p.toml:3)"));
    assertThat(shown()).contains("it is `mine`: hash added (p.toml:3)", "[d] deny once (Enter)");
    type("a");
    assertThat(last(Answer.class).choice()).isEqualTo(new Choice(true, Scope.ENDPOINT, Term.ONCE));
  }

  @Test
  void aProgramThatIsNotKnownIsNoRebuiltOne() {
    ask(7, "a.example");
    type("u");
    assertThat(shown()).doesNotContain("[u]");
    assertThat(said).isEmpty();
  }

  @Test
  void aQuestionIsLeftToOthersOnlyWhereThereAreOthers() {
    dialog.receive(at("localhost", "", false));
    millis += 1_000;
    assertThat(shown()).doesNotContain("[x]");
    type("x");
    dialog.press(Key.ESCAPE);
    assertThat(said).isEmpty();
    assertThat(shown()).contains("no one else is asked", "connect tcp to a.example:443");
  }

  @ParameterizedTest
  @CsvSource({"d, false, ONCE", "a, true, ONCE", "r, true, RUN"})
  void oneKeyAnswers(String key, boolean allow, Term term) {
    ask(7, "example.com");
    type(key);

    Answer answer = last(Answer.class);
    assertThat(answer.question()).isEqualTo(7);
    assertThat(answer.choice()).isEqualTo(new Choice(allow, Scope.ENDPOINT, term));
    assertThat(dialog.isSent()).isTrue();
  }

  @Test
  void denyOnceIsPreselected() {
    ask(7, "example.com");
    dialog.press(Key.ENTER);
    assertThat(last(Answer.class).choice()).isEqualTo(Choice.DENY_ONCE);
  }

  @ParameterizedTest
  @CsvSource({"w, true", "n, false"})
  void whatIsStoredIsShownBefore(String key, boolean allow) {
    ask(7, "example.com");
    type(key);

    Preview preview = last(Preview.class);
    assertThat(preview.choice()).isEqualTo(new Choice(allow, Scope.ENDPOINT, Term.ALWAYS));
    dialog.press(Key.ENTER);
    assertThat(said).as("not before it is seen").hasSize(1);

    dialog.receive(
        new Previewed(preview.id(), "/p/policy.toml", List.of("[[rule]]", "id = 'a\u202eb'"), ""));
    assertThat(shown())
        .contains("/p/policy.toml", "| [[rule]]", "| id = 'a\\u202eb'")
        .contains("[Enter] save, and " + (allow ? "allow" : "deny") + " always");
    dialog.press(Key.ENTER);

    assertThat(last(Answer.class).choice()).isEqualTo(preview.choice());
    dialog.receive(
        new Answered(last(Answer.class).id(), true, "saved as rule \"a\" (policy.toml:12)"));
    dialog.receive(new Settled(7, allow, "me", "by an answer"));
    assertThat(dialog.takeOutcomes())
        .containsExactly(
            "appaware: "
                + (allow ? "allowed" : "denied")
                + " always: connect tcp to example.com:443"
                + " - saved as rule \"a\" (policy.toml:12)");
    assertThat(dialog.shown()).isEqualTo(-1);
  }

  @Test
  void whatCanNotBeStoredIsNotSent() {
    ask(7, "example.com");
    type("w");
    dialog.receive(new Previewed(last(Preview.class).id(), "", List.of(), "the disk is full"));
    assertThat(shown()).contains("the disk is full");
    dialog.press(Key.ENTER);
    assertThat(said).hasSize(1);
    dialog.press(Key.ESCAPE);
    assertThat(shown()).contains("[d] deny once");
  }

  @Test
  void detailsComeAndGo() {
    ask(7, "example.com");
    type("?");
    dialog.receive(
        new Details(
            last(Inspect.class).id(), List.of("a.B.c:1"), List.of("bash (1)"), List.of("near")));
    assertThat(shown()).contains("a.B.c:1", "bash (1)", "near");
    type("a");
    assertThat(said).as("no answer from here").hasSize(1);
    dialog.press(Key.ESCAPE);
    assertThat(shown()).contains("[d] deny once");
  }

  @Test
  void keysOfTheFirstMomentDoNotCount() {
    dialog.receive(Samples.question(7, "example.com"));
    for (int i = 0; i < 5; i++) {
      millis += 200;
      type("a");
    }
    assertThat(said).isEmpty();
    millis += 301;
    type("a");
    assertThat(last(Answer.class).choice().allow()).isTrue();
  }

  @Test
  void theNextQuestionHasItsOwnFirstMoment() {
    ask(7, "one.example");
    ask(8, "two.example");
    type("aa");
    assertThat(said).hasSize(1);
    dialog.receive(new Answered(last(Answer.class).id(), true, ""));
    type("a");
    assertThat(said).hasSize(1);
    assertThat(dialog.shown()).isEqualTo(8);
  }
}
