package io.github.appaware.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files made to take the reader's time or memory. */
@Timeout(300)
class ReaderLimitsTest {
  private static final String RULE = "[[rule]]\naction = 'allow'\n";

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("p.toml"), "version = 1\n" + text);
  }

  private List<String> problems(String text) throws IOException {
    Path file = file(text);
    PolicyException refused =
        catchThrowableOfType(PolicyException.class, () -> PolicyReader.read(List.of(file)));
    return refused.problems().stream()
        .map(p -> p.line() + ":" + p.column() + ": " + p.message())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"4000", "100000"})
  void aRunOfCommentLinesCostsNoMoreThanItsLength(int lines) throws Exception {
    Policy policy = PolicyReader.read(List.of(file("# a comment\n".repeat(lines) + RULE)));

    assertThat(policy.rules()).singleElement().extracting(Rule::line).isEqualTo(lines + 2);
  }

  @Test
  void sixteenMebibytesOfCommentsAreRefusedInWords() throws IOException {
    String comment = "# c\n";

    assertThat(problems(comment.repeat((16 << 20) / comment.length() - 10)))
        .containsExactly("0:0: too large to be parsed at once");
  }

  @Test
  void moreThanSixteenMebibytesAreNotRead() throws IOException {
    assertThat(problems("#".repeat(16 << 20))).containsExactly("0:0: larger than 16 MiB");
  }

  @Test
  void sixteenMebibytesOfRulesAreRead() throws Exception {
    String rule = RULE + "note = '" + "n".repeat(2_000) + "'\n";
    int count = (16 << 20) / rule.length() - 1;

    assertThat(PolicyReader.read(List.of(file(rule.repeat(count)))).rules()).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource({"[, ], 20000", "{a=, }, 20000"})
  void deepNestingIsAProblemOfTheFile(String open, String close, int depth) throws IOException {
    String value = open.repeat(depth) + "1" + close.repeat(depth);

    assertThat(problems(RULE + "host = " + value + "\n"))
        .singleElement()
        .asString()
        .matches("4:\\d+: nesting is too deep \\(more than 128 levels of tables and arrays\\)");
  }

  @Test
  void aKeyOfFiftyThousandPartsIsAProblemOfTheFile() throws IOException {
    assertThat(problems("a" + ".a".repeat(50_000) + " = 1\n"))
        .singleElement()
        .asString()
        .contains("nesting is too deep");
  }
}
