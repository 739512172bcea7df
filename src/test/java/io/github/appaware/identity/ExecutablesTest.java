package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutablesTest {
  @TempDir Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    Samples.script(directory.resolve("bin/tool"));
    Samples.script(directory.resolve("sbin/tool"));
    Samples.script(directory.resolve("here"));
    Samples.write(directory.resolve("bin/plain"), "");
    Samples.write(directory.resolve("app.jar"), "");
    Samples.script(directory.resolve("sbin/plain"));
    Files.createDirectories(directory.resolve("bin/dir"));
    Files.createSymbolicLink(directory.resolve("sbin/link"), directory.resolve("bin/tool"));
  }

  @ParameterizedTest(name = "{0} with PATH={1}")
  @CsvSource({
    "tool, bin:sbin, bin/tool",
    "tool, sbin:bin, sbin/tool",
    "tool, none:/nonexistent:sbin, sbin/tool",
    "plain, bin:sbin, sbin/plain",
    "link, sbin, sbin/link",
    "here, bin:, here",
    "here, :bin, here",
    "here, bin::sbin, here",
    "./here, bin, here",
    "bin/../here, bin, here",
    "sbin/tool, bin, sbin/tool",
  })
  void findsWhatTheShellWouldFind(String name, String path, String expected)
      throws TargetException {
    assertThat(find(name, path)).isEqualTo(directory.resolve(expected));
  }

  @Test
  void looksInTheUsualPlacesWithoutPath() throws TargetException {
    assertThat(new Executables(Map.of(), new TargetPaths(directory)).find("sh"))
        .isEqualTo(Path.of("/bin/sh"));
  }

  @ParameterizedTest(name = "{0}: {2} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing   | `nothing`: command not found  | 127 | check the spelling and PATH, or give the program's path
          app.jar   | `app.jar`: command not found  | 127 | a file of this name is in the working directory: write `./app.jar`
          ''        | ``: command not found         | 127 | check the spelling and PATH, or give the program's path
          ./nothing | `./nothing`: no such file     | 127 | check the path
          plain     | `plain` is not executable     | 126 | make it executable with `chmod +x DIR/bin/plain`
          dir       | `dir` is a directory          | 126 | give the path of a program
          ./bin     | `./bin` is a directory        | 126 | give the path of a program
          ./app.jar | `./app.jar` is not executable | 126 | run a jar with `java -jar ./app.jar`
          """)
  void tellsNotFoundFromNotExecutable(String name, String message, int status, String help) {
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> find(name, "bin"))
        .withMessage(message)
        .satisfies(
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.help()).isEqualTo(help.replace("DIR", directory.toString()));
            });
  }

  @Test
  void escapesControlCharactersOfANameInItsMessage() {
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> find("a\u001b[2J", "bin"))
        .withMessage("`a\\u001b[2J`: command not found");
  }

  private Path find(String name, String path) throws TargetException {
    return new Executables(Map.of("PATH", path), new TargetPaths(directory)).find(name);
  }
}
