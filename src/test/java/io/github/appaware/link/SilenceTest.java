package io.github.appaware.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {
  private final Silence silence = new Silence(0);
  private long now;

  private boolean afterASecond() {
    now += Timing.CHECK;
    return silence.isTooLong(now);
  }

  private int secondsUntilTooLong() {
    for (int seconds = 1; seconds <= 60; seconds++) {
      if (afterASecond()) {
        return seconds;
      }
    }
    return 0;
  }

  @Test
  void sixSecondsWithoutAMessageAreTooLong() {
    silence.reading();
    assertThat(secondsUntilTooLong()).isEqualTo(6);
  }

  @Test
  void eachMessageBeginsTheSixSecondsAnew() {
    silence.reading();
    for (int i = 0; i < 5; i++) {
      assertThat(afterASecond()).isFalse();
    }
    silence.heard();
    silence.reading();
    assertThat(afterASecond()).as("the check that finds the message").isFalse();
    assertThat(secondsUntilTooLong()).isEqualTo(6);
  }

  @Test
  void timeInWhichTheMessagesOfBeforeAreWorkedOnDoesNotCount() {
    silence.reading();
    silence.heard();
    assertThat(secondsUntilTooLong()).isZero();
  }

  @Test
  void timeInWhichTheProcessWasStoppedCountsAsTwoSecondsAtMost() {
    silence.reading();
    assertThat(afterASecond()).isFalse();
    now += 1_000 * Timing.CHECK;
    assertThat(silence.isTooLong(now)).isFalse();
    assertThat(secondsUntilTooLong()).isEqualTo(3);
  }
}
