package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UntilTextTest {
  private static final ZonedDateTime NOW =
      ZonedDateTime.of(2026, 11, 23, 18, 0, 0, 0, ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "18:30, 2026-11-23T17:30:00Z",
    "9:05, 2026-11-24T08:05:00Z",
    "90m, 2026-11-23T18:30:00Z",
    "2 h, 2026-11-23T19:00:00Z",
    "3D, 2026-11-26T17:00:00Z",
    "2026-12-24, 2026-12-24T23:00:00Z",
    "2026-12-24 18:30, 2026-12-24T17:30:00Z",
  })
  void timesAreRead(String text, Instant end) {
    assertThat(UntilText.parse(text, NOW)).contains(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "18", "25:00", "18:60", "0m", "2026-11-22", "2026-13-01", "99999d", "soon"})
  void anythingElseIsNone(String text) {
    assertThat(UntilText.parse(text, NOW)).isEmpty();
  }
}
