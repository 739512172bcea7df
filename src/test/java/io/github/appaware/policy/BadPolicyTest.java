package io.github.appaware.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code bad/*.toml} is refused with just the text beside it. */
class BadPolicyTest {
  private static final Path FOLDER = Path.of("src/test/resources/policy/bad");

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".toml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aBadPolicyIsRefusedWithTheExpectedText(String name) throws IOException {
    String text = Files.readString(FOLDER.resolve(name));
    PolicyException refusal =
        catchThrowableOfType(PolicyException.class, () -> PolicyReader.parse(name, text));
    assertThat(refusal).as("%s must be refused", name).isNotNull();
    assertThat(refusal.getMessage() + "\n")
        .isEqualTo(Files.readString(FOLDER.resolve(name.replace(".toml", ".expected"))));
  }

  @Test
  void everyKindOfBadPolicyIsThere() throws IOException {
    assertThat(names()).hasSizeGreaterThanOrEqualTo(25);
  }

  @ParameterizedTest
  @MethodSource("names")
  void messagesKeepTheHouseStyle(String name) throws IOException {
    String text = Files.readString(FOLDER.resolve(name));
    PolicyException refusal =
        catchThrowableOfType(PolicyException.class, () -> PolicyReader.parse(name, text));
    for (Problem problem : refusal.problems()) {
      assertThat(problem.message()).matches("(?s)[^A-Z].*[^.]").doesNotContain("\n");
      assertThat(problem.help()).doesNotEndWith(".").doesNotContain("\n");
      assertThat(problem.line()).isPositive();
      assertThat(problem.column()).isPositive();
    }
  }
}
