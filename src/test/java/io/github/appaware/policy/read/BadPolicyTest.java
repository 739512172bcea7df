package io.github.appaware.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every {@code bad/*.toml} is refused with just the text beside it. What they include, and their
 * lists, are in the folder below.
 */
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
    String said = refusal(name).getMessage().replace(FOLDER + "/", "") + "\n";
    assertThat(said)
        .isEqualTo(Files.readString(FOLDER.resolve(name.replace(".toml", ".expected"))));
  }

  private static PolicyException refusal(String name) {
    PolicyException refusal =
        catchThrowableOfType(
            PolicyException.class, () -> PolicyReader.read(List.of(FOLDER.resolve(name))));
    assertThat(refusal).as("%s must be refused", name).isNotNull();
    return refusal;
  }

  @Test
  void everyKindOfBadPolicyIsThere() throws IOException {
    assertThat(names()).hasSizeGreaterThanOrEqualTo(60);
  }

  @ParameterizedTest
  @MethodSource("names")
  void messagesKeepTheHouseStyle(String name) {
    for (Problem problem : refusal(name).problems()) {
      assertThat(problem.message()).matches("(?s)[^A-Z].*[^.]").doesNotContain("\n");
      assertThat(problem.help()).doesNotEndWith(".").doesNotContain("\n");
      boolean ofTheFile = problem.message().equals("not UTF-8") && problem.line() == 0;
      assertThat(problem.line() > 0 && problem.column() > 0).isNotEqualTo(ofTheFile);
    }
  }
}
