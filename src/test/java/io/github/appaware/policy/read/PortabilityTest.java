package io.github.appaware.policy.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PortabilityTest {
  @TempDir Path directory;

  static List<Path> samples() throws IOException {
    try (Stream<Path> samples = Files.list(Path.of("sample-policies"))) {
      return samples.filter(file -> file.toString().endsWith(".toml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theSamplePoliciesAreReadAlike(Path sample) {
    assertThat(Portability.of(sample)).isEmpty();
  }

  private List<String> differences(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("p.toml"), text);
    return Portability.of(file).stream()
        .map(each -> each.line() + ":" + each.column() + " " + each.message())
        .toList();
  }

  @Test
  void aValueThatIsReadOtherwiseIsShownWithItsPlace() throws IOException {
    assertThat(
            differences(
                """
                version = 1
                [[rule]]
                action = "allow"
                path = "C:\\\\new"
                """))
        .containsExactly("4:1 TOML4J reads `C:\\\\u000aew` here");
  }

  @Test
  void aKeyThatIsNotSeenIsNamed() throws IOException {
    assertThat(differences("version = 1\n[[rule]]\naction = 'deny'\nregex =\t1\n"))
        .allSatisfy(each -> assertThat(each).contains("TOML4J"));
  }

  @Test
  void whatItCanNotReadAtAllIsSaidOfTheFile() throws IOException {
    assertThat(differences("version = 1\na.b = 1\nday = 1979-05-27\n"))
        .allSatisfy(each -> assertThat(each).contains("TOML4J"))
        .isNotEmpty();
  }

  @Test
  void aFileThatIsNotTomlHasProblemsOfItsOwn() throws IOException {
    assertThat(differences("version =")).isEmpty();
    assertThat(Portability.of(directory.resolve("none.toml"))).isEmpty();
  }

  @Test
  void aLargeFileIsNotReadForMinutes() throws IOException {
    Path file =
        Files.writeString(directory.resolve("p.toml"), "version = 1\n" + "# x\n".repeat(300_000));
    assertThat(Portability.of(file))
        .extracting(Problem::message)
        .containsExactly("too large to be read by TOML4J, too");
  }
}
