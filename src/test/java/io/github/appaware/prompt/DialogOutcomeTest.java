package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.DenyRest;
import io.github.appaware.wire.QuestionMessage.Dismiss;
import io.github.appaware.wire.QuestionMessage.Settled;
import org.junit.jupiter.api.Test;

/** How a question ends: by an answer, in time, or elsewhere; and what is left of it. */
class DialogOutcomeTest extends DialogFixture {
  @Test
  void whichOtherMachineAsksIsShownThroughoutAndInWhatIsLeft() {
    dialog.receive(Samples.question(7, "example.com").on("build-7"));
    millis += 1_000;
    assertThat(shown())
        .contains(
            "   machine      build-7\n   holds        always: ", "   application  app.jar, new, ");
    type("s");
    assertThat(shown()).contains(" connect tcp to example.com:443 on build-7\n");
    dialog.press(Key.ESCAPE);
    type("a");
    dialog.receive(new Answered(last(Answer.class).id(), true, ""));
    dialog.receive(Samples.question(8, "example.com").on("build-8"));
    dialog.receive(new Settled(8, false, "bob", "by an answer"));

    assertThat(dialog.takeOutcomes())
        .containsExactly(
            "appaware: allowed once: connect tcp to example.com:443 on build-7",
            "appaware: denied by an answer (bob): connect tcp to example.com:443 on build-8");
  }

  @Test
  void whatIsLeftToOthersIsToldWhenItIsKnown() {
    ask(7, "example.com");
    dialog.press(Key.ESCAPE);
    assertThat(last(Dismiss.class).question()).isEqualTo(7);
    assertThat(dialog.shown()).isEqualTo(-1);
    dialog.receive(Samples.question(7, "example.com"));
    assertThat(dialog.shown()).as("a change does not bring it back").isEqualTo(-1);
    dialog.receive(new Settled(7, true, "alice", "by an answer"));
    assertThat(dialog.takeOutcomes())
        .containsExactly("appaware: allowed by an answer (alice): connect tcp to example.com:443");
  }

  @Test
  void allTheRestIsDeniedAfterAQuestion() {
    ask(7, "one.example");
    ask(8, "two.example");
    type("D");
    assertThat(shown()).contains("[y] yes");
    type("n");
    assertThat(said).isEmpty();
    type("Dy");
    assertThat(last(DenyRest.class).question()).isEqualTo(7);
    assertThat(dialog.shown()).isEqualTo(-1);
    ask(9, "three.example");
    assertThat(dialog.shown()).isEqualTo(-1);
  }

  @Test
  void timeRunsDownVisiblyAndTheServerHasTheLastWord() {
    dialog.receive(Samples.question(7, "example.com", 30_000, 0));
    assertThat(shown()).contains("denied in 30 s");
    millis += 12_500;
    assertThat(shown()).contains("denied in 18 s");
    millis += 20_000;
    dialog.tick();
    assertThat(shown()).contains("denied in 0 s");
    dialog.receive(new Settled(7, false, "", "in time"));
    assertThat(dialog.takeOutcomes())
        .containsExactly("appaware: denied in time: connect tcp to example.com:443");
  }

  @Test
  void aSilentServerDoesNotKeepTheQuestionForever() {
    dialog.receive(Samples.question(7, "example.com", 1_000, 0));
    millis += 7_000;
    dialog.tick();
    assertThat(dialog.shown()).isEqualTo(-1);
    assertThat(dialog.takeOutcomes()).hasSize(1);
  }

  @Test
  void anAnswerThatIsNotTakenBringsTheQuestionBack() {
    ask(7, "example.com");
    type("a");
    dialog.receive(new Answered(last(Answer.class).id(), false, "no \u001b[2J"));
    assertThat(shown()).contains("! no \\u001b[2J");
    type("a");
    dialog.receive(new Settled(7, false, "bob", "by an answer"));
    dialog.receive(new Answered(last(Answer.class).id(), false, "too late"));
    assertThat(dialog.takeOutcomes())
        .containsExactly("appaware: denied by an answer (bob): connect tcp to example.com:443");
  }

  @Test
  void aQuestionThatAnotherAnswerCoversGoesSilently() {
    ask(7, "one.example");
    ask(8, "two.example");
    dialog.receive(new Settled(8, true, "", "by an answer"));
    assertThat(dialog.takeOutcomes()).isEmpty();
    dialog.receive(new Settled(7, true, "", "by an answer"));
    assertThat(dialog.shown()).isEqualTo(-1);
  }
}
