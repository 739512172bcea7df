package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with a command line: a clear message, a documented status, nothing started. */
@ExtendWith(ToolExtension.class)
class FailureIT {
  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  private String failure(int status, String... arguments) throws Exception {
    Result result = tool.run(arguments);
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).as(result.err()).isEqualTo(status);
    assertThat(tool.left()).isEmpty();
    return result.err();
  }

  private String[] run(String policy, String... command) {
    List<String> arguments = new ArrayList<>(List.of("run", "--policy", policy, "--"));
    arguments.addAll(List.of(command));
    return arguments.toArray(String[]::new);
  }

  private String java() {
    return Jdk.running().java();
  }

  @Test
  void withoutAnyPolicyNothingRuns() throws Exception {
    assertThat(failure(125, "run", "--", java(), "-jar", jar.toString(), "stderr started"))
        .startsWith("appaware: no policy: --policy was not given, and `")
        .contains("help: name one with `--policy FILE`")
        .doesNotContain("started");
  }

  @Test
  void aMissingPolicyFileIsNamed() throws Exception {
    assertThat(failure(125, run("none.toml", java(), "-jar", jar.toString())))
        .contains("none.toml: no such file");
  }

  @Test
  void allProblemsOfAPolicyAreTold() throws Exception {
    Files.writeString(
        directory.resolve("bad.toml"), "version = 2\n[[rule]]\nactoin = 'deny'\nport = 70000\n");
    assertThat(failure(125, run("bad.toml", java(), "-jar", jar.toString())))
        .contains("bad.toml:1:", "bad.toml:2:", "bad.toml:3:", "bad.toml:4:")
        .contains("did you mean `action`");
  }

  @Test
  void anUnknownOptionIsNamed() throws Exception {
    assertThat(failure(125, "run", "--polcy", "p.toml", "--", "true"))
        .contains("unknown option `--polcy`")
        .contains("did you mean `--policy`?");
    assertThat(failure(125, "--nonsense")).contains("--nonsense");
    assertThat(failure(125, "ruin")).contains("ruin");
  }

  @Test
  void aMissingCommandIsTold() throws Exception {
    assertThat(failure(125, "run", "--policy", "allow.toml")).contains("missing command");
    assertThat(failure(127, run("allow.toml", "no-such-program"))).contains("`no-such-program`");
    assertThat(failure(127, run("allow.toml", "./none"))).contains("`./none`");
  }

  @Test
  void whatCannotBeExecutedIsStatus126() throws Exception {
    Files.writeString(directory.resolve("text"), "no program\n");
    assertThat(failure(126, run("allow.toml", "./text"))).contains("`./text`");
    assertThat(failure(126, run("allow.toml", "."))).contains("`.`");
  }

  @Test
  void aMissingOrBrokenJarIsNamed() throws Exception {
    assertThat(failure(125, run("allow.toml", java(), "-jar", "none.jar")))
        .contains("`none.jar`: no such file");
    Files.writeString(directory.resolve("text.jar"), "no jar\n");
    assertThat(failure(125, run("allow.toml", java(), "-jar", "text.jar"))).contains("text.jar");
  }

  @Test
  void anUnreadableJarIsNamed() throws Exception {
    jar.toFile().setReadable(false);
    assumeFalse(Files.isReadable(jar), "this user may read everything");
    assertThat(failure(125, run("allow.toml", java(), "-jar", jar.toString())))
        .contains(jar.getFileName().toString());
  }

  @Test
  void aJdkOlderThan17IsRefused() throws Exception {
    Path old = directory.resolve("jdk-11");
    Files.createDirectories(old.resolve("bin"));
    Files.createDirectories(old.resolve("lib"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    Files.writeString(old.resolve("lib/modules"), "");
    Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho started\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    assertThat(failure(125, run("allow.toml", java.toString(), "-jar", jar.toString())))
        .contains("11.0.2", "17");
  }

  @Test
  void aRecordThatCannotBeOpenedIsTold() throws Exception {
    assertThat(
            failure(
                125,
                "run",
                "--policy",
                "allow.toml",
                "--log",
                "none/events.jsonl",
                "--",
                java(),
                "-jar",
                jar.toString()))
        .contains("none/events.jsonl");
  }

  @Test
  void anAgentWithoutItsRunStopsTheJvm() throws Exception {
    for (String options : List.of("", "=/nonexistent")) {
      Result result =
          Tool.run(
              new ProcessBuilder(
                  java(), "-javaagent:" + Tool.AGENT + options, "-jar", jar.toString()),
              "");
      assertThat(result.status()).isEqualTo(125);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("appaware: ").hasLineCount(1);
    }
  }

  @Test
  void aFullDiskUnderTheRecordDeniesEverything() throws Exception {
    assumeFalse(!Files.exists(Path.of("/dev/full")), "there is no /dev/full");
    try (Listener listener = new Listener()) {
      Result result =
          tool.run(
              "run",
              "--policy",
              "allow.toml",
              "--log",
              "/dev/full",
              "--",
              java(),
              "-jar",
              jar.toString(),
              "connect 127.0.0.1 " + listener.port());
      assertThat(result.out()).contains("denied because the record can't be written");
      assertThat(result.err()).contains("the record /dev/full can't be written");
      assertThat(listener.connections()).isZero();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
