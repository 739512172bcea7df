package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run in which nothing could be judged does not look like one in which nothing happened. */
@ExtendWith(ToolExtension.class)
class UnjudgedIT {
  private static final String SUMMARY = "appaware: nothing was judged: no JVM with the agent ran\n";
  private static final String FAILURE =
      "appaware: the run has failed: no JVM with the agent ran in it, so that nothing was judged\n"
          + "  help: run a Java program that keeps its environment, or leave out ";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  @BeforeEach
  void writePolicy() throws IOException {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n[default]\nunknown = 'deny'\n");
  }

  private Result run(List<String> options, String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-p", "p.toml", "--log", "log"));
    words.addAll(options);
    words.add("--");
    words.addAll(List.of(command));
    return tool.run(words.toArray(String[]::new));
  }

  private List<String> record() throws IOException {
    return Files.readAllLines(directory.resolve("log"));
  }

  @TestOnEachJdk
  void aJvmWithAClearedEnvironmentIsToldAndFailsWhereThatWasAskedFor(Jdk jdk) throws Exception {
    try (Listener listener = new Listener()) {
      String[] command = {
        "env", "-i", jdk.java(), "-jar", jar.toString(), "connect 127.0.0.1 " + listener.port()
      };
      Result plain = run(List.of(), command);

      assertThat(plain.err()).startsWith(SUMMARY);
      assertThat(plain.status()).isZero();
      assertThat(record())
          .singleElement()
          .asString()
          .contains("\"event\":\"blind\",\"way\":\"process\",\"what\":\"env -i " + jdk.java())
          .contains("\"verdict\":\"allow\",\"reason\":{\"kind\":\"blind\"}");

      Result blind = run(List.of("--blind", "deny"), command);
      assertThat(blind.err()).startsWith(SUMMARY).endsWith(FAILURE + "--blind=deny\n");
      assertThat(blind.status()).isEqualTo(125);

      Result strict = run(List.of("--fail-on-denied", "-q"), command);
      assertThat(strict.err()).isEqualTo(FAILURE + "--fail-on-denied\n");
      assertThat(strict.status()).isEqualTo(125);
      assertThat(record()).hasSize(3);
    }
  }

  @Test
  void aProgramThatIsNotJavaKeepsItsOwnFailure() throws Exception {
    Result result = run(List.of("--fail-on-denied", "--blind", "deny"), "sh", "-c", "exit 7");

    assertThat(result.err()).isEqualTo(SUMMARY);
    assertThat(result.status()).isEqualTo(7);
    assertThat(record()).singleElement().asString().contains("\"what\":\"sh -c exit 7\"");
  }

  /** Also a JVM that does nothing but say its version has its agent. */
  @TestOnEachJdk
  void aJvmThatDoesNothingIsJudgedNevertheless(Jdk jdk) throws Exception {
    Result result = run(List.of("--fail-on-denied", "--blind", "deny"), jdk.java(), "-version");

    assertThat(result.err()).contains("version \"").endsWith("appaware: no network events\n");
    assertThat(result.status()).isZero();
    assertThat(record()).isEmpty();
  }
}
