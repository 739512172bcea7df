package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.PromptRun;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Without a person to ask, unknown events are denied; a message says so once, and what to add to
 * the policy.
 */
@ExtendWith(ToolExtension.class)
class PromptUnattendedIT {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  @TempDir Path directory;
  private Tool tool;
  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    PromptRun.prepare(directory, "one.example");
    Files.writeString(directory.resolve("p.toml"), "version = 1\n");
    listener = new Listener("0.0.0.0");
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  /** Without a controlling terminal, however the tests are run. */
  private Result detached() throws Exception {
    assumeTrue(Files.isExecutable(SETSID), "there is no `setsid`");
    ProcessBuilder builder = tool.builder("run", "-p", "p.toml", "--");
    builder.command().addAll(0, List.of(SETSID.toString(), "-w"));
    builder.command().addAll(List.of(PromptRun.java().split(" ")));
    return Tool.run(builder, steps());
  }

  private String steps() {
    return "a connect one.example " + listener.port() + "\n";
  }

  @Test
  void whatTheSummarySaysPastedIntoThePolicyMakesTheNextRunSilent() throws Exception {
    Path policy = directory.resolve("p.toml");
    Result result = detached();
    assertThat(result.status()).isZero();
    assertThat(result.out().lines())
        .allMatch(line -> line.startsWith("a ") && line.contains("denied"))
        .hasSize(1);
    assertThat(result.err())
        .containsOnlyOnce(
            "appaware: no one to ask: events that the policy does not decide are denied")
        .contains("to allow what was denied and no rule is about, add this to `p.toml`:\n");
    assertThat(listener.connections()).isZero();
    Files.writeString(policy, Files.readString(policy) + pasted(result.err()));
    assertThat(PromptRun.plain(policy))
        .isEqualToIgnoringWhitespace(
            """
            version = 1

            [[app]]
            id     = "crowd"
            file   = "crowd.jar"
            sha256 = "HASH"

            [[rule]]
            action = "allow"
            app    = "crowd"
            event  = ["resolve", "connect", "send"]
            host   = "one.example"

            """);

    Result silent = detached();
    // The rule was made of the look-up, before anything was known of who listens.
    assertThat(silent.err())
        .startsWith("appaware: 2 allowed, 0 denied\nappaware: warning: 1 event reached a process");
    assertThat(silent.status()).isZero();
    assertThat(silent.out().lines()).containsOnly("a connected " + listener.port()).hasSize(1);
    assertThat(listener.connections()).isOne();
  }

  /** As a person marks it on the screen, with its margin. */
  private static String pasted(String err) {
    return err.substring(err.indexOf("`:\n") + 3);
  }

  /** There is a terminal, but it is not to be used. */
  @ParameterizedTest
  @CsvSource({"CI=1,", "'',--no-prompt", "'',--prompt none"})
  void whoIsNotToBeAskedIsNotAsked(String before, String option) throws Exception {
    String variable = before.isEmpty() ? "" : before + " ";
    String options = "-p p.toml " + (option == null ? "" : option);
    try (PromptRun run = new PromptRun(tool, directory, variable, options)) {
      assertThat(run.say("a connect one.example " + listener.port())).contains("denied");
      assertThat(run.say("a connect one.example " + listener.port())).contains("denied");
      assertThat(run.end()).isZero();
      assertThat(run.pty.all())
          .containsOnlyOnce("appaware: no one to ask")
          .contains("appaware: to allow what was denied and no rule is about, add this to");
      // Its messages are coloured; it is not steered, and asks the terminal nothing.
      assertThat(run.pty.raw().replaceAll("\u001b\\[[0-9;]*m", ""))
          .doesNotContain("appaware asks", "\u001b");
    }
    assertThat(listener.connections()).isZero();
  }
}
