package io.github.appaware.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTimeTest {
  @Property
  void everyTimeIsReadAsTheJdkDoes(
      @ForAll @LongRange(min = -99_999_999_999L, max = 999_999_999_999L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano)
      throws RecordFormatException {
    for (int unit : new int[] {1, 1_000, 1_000_000, 1_000_000_000}) {
      Instant time = Instant.ofEpochSecond(second, (long) nano / unit * unit);
      assertThat(RecordTime.parse(time.toString())).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T24:00:01Z",
        "2026-01-01T23:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-01-01T00:00:61Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.1Z",
        "2026-01-01T00:00:00.1234567890Z",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00+01:00",
        "",
        "Z",
        "now"
      })
  void otherFormsAreTakenOrRefusedAsTheJdkDoes(String text) throws RecordFormatException {
    Instant expected;
    try {
      expected = Instant.parse(text);
    } catch (DateTimeException e) {
      assertThatThrownBy(() -> RecordTime.parse(text))
          .isInstanceOf(RecordFormatException.class)
          .hasMessage("invalid time `" + text + "`");
      return;
    }
    assertThat(RecordTime.parse(text)).isEqualTo(expected);
  }
}
