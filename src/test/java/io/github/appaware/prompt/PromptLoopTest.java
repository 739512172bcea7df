package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Attend;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No questions for ten seconds after Ctrl-C, and then again. */
class PromptLoopTest {
  private static final long TEN_SECONDS = 10_000_000_000L;

  private final List<QuestionMessage> sent = new ArrayList<>();
  private long now = Long.MAX_VALUE - 5_000_000_000L; // nanoTime may overflow on the way
  private final PromptLoop loop =
      new PromptLoop(
          new LinkedBlockingQueue<>(),
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
          "localhost",
          sent::add,
          Stream::empty,
          OutputStream.nullOutputStream(),
          ScreenColors.STYLES,
          () -> now);

  private void pass(long nanos) {
    now += nanos;
    loop.endQuiet();
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERRUPT", "LEAVE"})
  void questionsAreLeftToOthersForTenSeconds(Prompt.Signal signal) throws Exception {
    loop.handle(Samples.question(1, "one.example"));
    assertThat(loop.isAsking()).isTrue();

    loop.handle(signal);
    assertThat(loop.isAsking()).isFalse();
    assertThat(sent).endsWith(new Attend(false)).doesNotContain(new Attend(true));

    loop.handle(Samples.question(2, "two.example"));
    pass(TEN_SECONDS - 1);
    loop.handle(Samples.question(3, "three.example"));
    assertThat(loop.isAsking()).isFalse();
    assertThat(sent).doesNotContain(new Attend(true));

    pass(1);
    assertThat(sent).endsWith(new Attend(true));
    loop.handle(Samples.question(4, "four.example"));
    assertThat(loop.isAsking()).isTrue();
  }

  @Test
  void anotherCtrlCBeginsTheTimeAnew() throws Exception {
    loop.handle(Prompt.Signal.INTERRUPT);
    pass(TEN_SECONDS - 1);
    loop.handle(Prompt.Signal.INTERRUPT);
    pass(TEN_SECONDS - 1);
    loop.handle(Samples.question(1, "one.example"));
    assertThat(loop.isAsking()).isFalse();
    assertThat(sent).doesNotContain(new Attend(true));
    pass(1);
    assertThat(sent).endsWith(new Attend(true));
  }

  /** The same question, which the server asks again when there is someone to ask. */
  @Test
  void aQuestionThatWasDroppedIsAskedAgain() throws Exception {
    loop.handle(Samples.question(1, "one.example"));
    loop.handle(Prompt.Signal.INTERRUPT);
    pass(TEN_SECONDS);
    loop.handle(Samples.question(1, "one.example"));
    assertThat(loop.isAsking()).isTrue();
  }
}
