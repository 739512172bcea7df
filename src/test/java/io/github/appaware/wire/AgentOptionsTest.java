package io.github.appaware.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {
  private static final AgentOptions OPTIONS =
      new AgentOptions(
          "/run/s", "t0k3n", "/cache \u00fc\u2028", "", "/jdk", "/opt/tool.jar", "/opt/agent.jar");

  private Path file;

  @BeforeEach
  void nameFile(@TempDir Path directory) {
    file = directory.resolve("agent");
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    OPTIONS.write(file);

    assertThat(parse(Files.readAllBytes(file))).isEqualTo(OPTIONS);
  }

  @Test
  void nobodyElseCanReadTheFile() throws IOException {
    assumeThat(file.getFileSystem().supportedFileAttributeViews())
        .as("permissions are POSIX")
        .contains("posix");
    OPTIONS.write(file);

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aFileThatSomebodyPutThereIsNotUsed() throws IOException {
    assumeThat(file.getFileSystem().supportedFileAttributeViews())
        .as("permissions are POSIX")
        .contains("posix");
    Files.createFile(file);

    assertThatThrownBy(() -> OPTIONS.write(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).isEmptyFile();
  }

  @ParameterizedTest(name = "value {0}")
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void aLineBreakInAnyValueIsRefused(int index) {
    for (String lineBreak : new String[] {"\n", "\r"}) {
      List<String> values = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g"));
      values.set(index, "x" + lineBreak + "y");
      AgentOptions options =
          new AgentOptions(
              values.get(0),
              values.get(1),
              values.get(2),
              values.get(3),
              values.get(4),
              values.get(5),
              values.get(6));

      assertThatThrownBy(() -> options.write(file))
          .isInstanceOf(IOException.class)
          .hasMessage("a path with a line break: x" + lineBreak + "y");
      assertThat(file).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        "appaware agent options 2;1;2;3;4;5;6;7;",
        "appaware agent options 1;1;2;3;4;5;6;7",
        "appaware agent options 1;1;2;3;4;5;6;",
        "appaware agent options 1;1;2;3;4;5;6;7;8;",
        ";appaware agent options 1;1;2;3;4;5;6;7;",
      })
  void anythingElseIsOfAnotherVersion(String lines) {
    assertThatThrownBy(() -> parse(lines.replace(';', '\n').getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessage("/run/agent is not of this version of appaware");
  }

  private static AgentOptions parse(byte[] content) throws IOException {
    return AgentOptions.parse("/run/agent", content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-jar app.jar", "-cp a:b Main", "-Xmx64m -cp a Main -x", "--add-modules x Main"})
  void onAClassPathTheAgentComesWithoutAModuleOfItsOwn(String line) {
    assertThat(argument(line, Map.of())).isEqualTo("-agentlib:instrument=/a.jar=/o");
    assertThat(argument(line, Map.of("JAVA_TOOL_OPTIONS", "-Xmx64m -ea")))
        .isEqualTo("-agentlib:instrument=/a.jar=/o");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-m a/b",
        "--module a/b",
        "--module=a/b",
        "--limit-modules java.base Main",
        "--limit-modules=java.base Main",
        "-Djdk.module.main=a Main",
        "-XX:Flags=f Main",
        "-XX:VMOptionsFile=f Main",
        "@file Main",
        "--source 17 Main",
        "Main.java",
      })
  void whereTheModulesMayBeOthersItBringsItsOwn(String line) {
    assertThat(argument(line, Map.of())).isEqualTo("-javaagent:/a.jar=/o");
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, --limit-modules=java.base",
    "JDK_JAVA_OPTIONS, -m a/b",
    "JDK_JAVA_OPTIONS, @file",
    "_JAVA_OPTIONS, -Djdk.module.main=a",
  })
  void alsoWhereTheEnvironmentSaysSo(String variable, String value) {
    assertThat(argument("Main", Map.of(variable, value))).isEqualTo("-javaagent:/a.jar=/o");
  }

  private static String argument(String line, Map<String, String> environment) {
    return AgentOptions.argument("/a.jar", "/o", List.of(line.split(" ", -1)), environment);
  }
}
