package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connects that are for judged targets, counted against them. */
class ExpectedConnectsTest {
  private static final Address ONE = Address.of(new byte[] {127, 0, 0, 1});
  private static final Address OTHER = Address.of(new byte[] {127, 0, 0, 2});
  private static final long SOON = TimeUnit.SECONDS.toNanos(9);
  private static final long LATE = TimeUnit.SECONDS.toNanos(10);

  private final ExpectedConnects expected = new ExpectedConnects();

  @Test
  void noneIsExpectedBeforeATargetWasJudged() {
    assertThat(expected.take(ONE, 0)).isFalse();
  }

  @Test
  void eachTargetIsForOneConnect() {
    expected.add(0);
    expected.add(0);

    assertThat(expected.take(ONE, SOON)).isTrue();
    assertThat(expected.take(ONE, SOON)).isTrue();
    assertThat(expected.take(ONE, SOON)).isFalse();
  }

  @Test
  void theNextAddressOfTheProxyIsTriedForTheSameTarget() {
    expected.add(0);

    assertThat(expected.take(ONE, SOON)).isTrue();
    assertThat(expected.take(OTHER, SOON)).isTrue();
    assertThat(expected.take(OTHER, SOON)).isFalse();
  }

  @Test
  void aTargetIsForgottenAfterTenSeconds() {
    expected.add(Long.MAX_VALUE - 1); // the clock may run over
    expected.add(Long.MAX_VALUE + SOON);

    assertThat(expected.take(ONE, Long.MAX_VALUE + LATE)).isTrue();
    assertThat(expected.take(ONE, Long.MAX_VALUE + LATE)).isFalse();
  }

  @Test
  void aConnectThatAPersonWasAskedAboutBeganInTime() {
    expected.add(0);
    expected.add(6 * LATE); // while the person thinks

    assertThat(expected.take(ONE, SOON)).isTrue();
  }

  @Test
  void aFloodOfTargetsIsBounded() {
    for (int i = 0; i < 10_000; i++) {
      expected.add(0);
    }
    int connects = 0;
    while (expected.take(ONE, SOON)) {
      connects++;
    }
    assertThat(connects).isEqualTo(1_024);
  }
}
