package io.github.appaware.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {
  private static final AgentOptions OPTIONS =
      new AgentOptions(
          "/run/s",
          "t0k3n",
          "/cache \u00fc\u2028",
          "",
          "/jdk",
          "/opt/tool.jar",
          "/run/s.jar",
          "/run/o.jar",
          "/opt/agent.jar");

  @Test
  void whatWasWrittenIsRead() throws IOException {
    assertThat(AgentOptions.parse(OPTIONS.text())).isEqualTo(OPTIONS);
    assertThat(AgentOptions.parse(OPTIONS.withOwn("/x.jar").text()).own()).isEqualTo("/x.jar");
    AgentOptions sealed = OPTIONS.withChildren("/c", "/d").withFiles("/w", "/a");
    assertThat(AgentOptions.parse(sealed.text())).isEqualTo(sealed);
    assertThat(sealed.childJar() + sealed.childClasses() + sealed.woven() + sealed.agent())
        .isEqualTo("/c/d/w/a");
  }

  @Test
  void theAgentsJarIsTheLastLineForPremain() throws IOException {
    assertThat(OPTIONS.text()).endsWith("\n/opt/agent.jar");
  }

  @ParameterizedTest(name = "value {0}")
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void aLineBreakInAnyValueIsRefused(int index) {
    for (String lineBreak : new String[] {"\n", "\r"}) {
      List<String> values = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"));
      values.set(index, "x" + lineBreak + "y");
      AgentOptions options =
          new AgentOptions(
              values.get(0),
              values.get(1),
              values.get(2),
              values.get(3),
              values.get(4),
              values.get(5),
              values.get(6),
              values.get(7),
              values.get(8));

      assertThatThrownBy(options::text)
          .isInstanceOf(IOException.class)
          .hasMessage("a path with a line break: x" + lineBreak + "y");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        "appaware agent options 3;1;2;3;4;5;6;7;8;9;10;11;12",
        "appaware agent options 4;1;2;3;4;5;6;7;8;9;10;11",
        "appaware agent options 4;1;2;3;4;5;6;7;8;9;10;eleven;12",
        "appaware agent options 4;1;2;3;4;5;6;7;8;9;10;11;12;",
        "appaware agent options 4;1;2;3;4;5;6;7;8;9;10;11;12;13",
        ";appaware agent options 4;1;2;3;4;5;6;7;8;9;10;11;12",
      })
  void anythingElseIsOfAnotherVersion(String lines) {
    assertThatThrownBy(() -> AgentOptions.parse(lines.replace(';', '\n')))
        .isInstanceOf(IOException.class)
        .hasMessage("the agent's options are not of this version of appaware");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-jar app.jar", "-cp a:b Main", "-Xmx64m -cp a Main -x", "--add-modules x Main"})
  void onAClassPathTheAgentComesWithoutAModuleOfItsOwn(String line) {
    assertThat(argument(line, Map.of())).isEqualTo("-agentlib:instrument=/a.jar");
    assertThat(argument(line, Map.of("JAVA_TOOL_OPTIONS", "-Xmx64m -ea")))
        .isEqualTo("-agentlib:instrument=/a.jar");
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
    assertThat(argument(line, Map.of())).isEqualTo("-javaagent:/a.jar");
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, --limit-modules=java.base",
    "JDK_JAVA_OPTIONS, -m a/b",
    "JDK_JAVA_OPTIONS, @file",
    "_JAVA_OPTIONS, -Djdk.module.main=a",
  })
  void alsoWhereTheEnvironmentSaysSo(String variable, String value) {
    assertThat(argument("Main", Map.of(variable, value))).isEqualTo("-javaagent:/a.jar");
  }

  private static String argument(String line, Map<String, String> environment) {
    return AgentOptions.argument("/a.jar", List.of(line.split(" ", -1)), environment);
  }
}
