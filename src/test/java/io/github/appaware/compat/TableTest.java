package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final String HEAD =
      """
      | program | version | JDK | equal | blocked under deny | plain / with, seconds |
      |---|---|---|---|---|---|
      """;

  private static Finding finding(int jdk, List<String> differences, List<String> escapes) {
    Duration second = Duration.ofMillis(1040);
    return new Finding(
        "Library",
        "1.2",
        jdk,
        differences,
        List.of("listen", "connect", "listen"),
        escapes,
        second,
        second.multipliedBy(2),
        "");
  }

  private static String table(Finding... findings) {
    Table table = new Table();
    List.of(findings).forEach(table::add);
    return table.text();
  }

  @Test
  void jdksWithTheSameFindingShareARow() {
    assertThat(table(finding(17, List.of(), List.of()), finding(25, List.of(), List.of())))
        .isEqualTo(
            HEAD
                + "| Library | 1.2 | 17, 25 | yes | yes: connect, listen | 1.0 / 2.1, 1.0 / 2.1 |\n");
  }

  @Test
  void whatDiffersAndWhatEscapesIsNotCalledEqualOrBlocked() {
    assertThat(
            table(
                finding(17, List.of("status 0 became 1"), List.of()),
                finding(25, List.of(), List.of("connections went out: 1"))))
        .isEqualTo(
            HEAD
                + "| Library | 1.2 | 17 | **no** | yes: connect, listen | 1.0 / 2.1 |\n"
                + "| Library | 1.2 | 25 | yes | **no**: connections went out: 1 | 1.0 / 2.1 |\n");
  }

  @Test
  void whatWasNotRunSaysWhy() {
    Finding skipped =
        new Finding(
            "Library",
            "1.2",
            17,
            List.of(),
            List.of(),
            List.of(),
            Duration.ZERO,
            Duration.ZERO,
            "no server");

    assertThat(table(skipped))
        .isEqualTo(HEAD + "| Library | 1.2 | 17 | skipped: no server |  |  |\n");
  }
}
