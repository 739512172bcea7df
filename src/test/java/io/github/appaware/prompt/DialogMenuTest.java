package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.Choice.Term;
import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Preview;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The menu of scopes, machines and times. */
class DialogMenuTest extends DialogFixture {
  @Test
  void anAnswerForAnotherMachineSaysForWhichItHoldsAndCanBeForThatOne() {
    dialog.receive(at("host-1", "", true));
    millis += 1_000;
    assertThat(shown()).contains("on every machine of the server");
    type("s");
    assertThat(shown()).contains("[every machine]   only host-1");
    type("m");
    assertThat(shown()).contains("[only host-1]");
    dialog.press(Key.ENTER);
    assertThat(last(Answer.class).choice())
        .isEqualTo(new Choice(true, Scope.ENDPOINT, Term.ONCE).onItsMachine());
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PRIVATE", "ANYONE"}) // of servers alone
  void theMenuReachesEveryScope(Scope scope) {
    ask(7, "example.com");
    type("s");
    for (int i = 0; i < List.of(Scope.values()).indexOf(scope); i++) {
      dialog.press(Key.DOWN);
    }
    dialog.press(Key.ENTER);
    assertThat(last(Answer.class).choice()).isEqualTo(new Choice(true, scope, Term.ONCE));
  }

  @ParameterizedTest
  @CsvSource({"QUARTER, 900", "HOUR, 3600"})
  void theMenuReachesTimes(AnswerDuration lasting, long seconds) {
    ask(7, "example.com");
    type("s3d");
    for (int i = 0; i < List.of(AnswerDuration.values()).indexOf(lasting); i++) {
      dialog.press(Key.RIGHT);
    }
    dialog.press(Key.ENTER);
    assertThat(last(Preview.class).choice())
        .isEqualTo(Choice.until(false, Scope.DOMAIN, NOW.plusSeconds(seconds)));
  }

  @Test
  void aTimeIsTyped() {
    ask(7, "example.com");
    dialog.press(Key.DOWN);
    dialog.press(Key.LEFT);
    dialog.press(Key.LEFT);
    dialog.press(Key.ENTER);
    type("18:3x");
    dialog.press(Key.ENTER);
    assertThat(said).isEmpty();
    dialog.press(Key.BACKSPACE);
    type("0");
    assertThat(shown()).contains("= 2026-11-23 18:30Z");
    dialog.press(Key.ENTER);
    assertThat(last(Preview.class).choice())
        .isEqualTo(Choice.until(true, Scope.ENDPOINT, Instant.parse("2026-11-23T18:30:00Z")));
    dialog.press(Key.ESCAPE);
    dialog.press(Key.ESCAPE);
    dialog.press(Key.ESCAPE);
    assertThat(shown()).contains("[d] deny once");
  }
}
