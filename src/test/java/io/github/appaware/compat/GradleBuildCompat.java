package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Gradle build with daemon, compiler daemon and test JVMs, where Gradle is installed: learned
 * once, then enforced, and in between run under a policy that denies its repository, so that each
 * run needs a daemon of its own.
 */
@ExtendWith(ToolExtension.class)
@Timeout(3600)
class GradleBuildCompat {
  private static final String PROPERTIES = "org.gradle.parallel=true\norg.gradle.daemon=true\n";
  private static final long PATIENCE_SECONDS = 600;
  private static final String NO_REPOSITORY =
      """

      [[rule]]
      id = "no-repository"
      action = "deny"
      priority = 1
      %s
      """;

  @TempDir Path directory;
  private Tool tool;
  private BuildRepository repository;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(GradleClient.isInstalled(), "gradle is not installed");
    repository = new BuildRepository(directory.resolve("own"));
    Trees.copy(Tool.HOME.resolve("src/compat/gradle"), directory.resolve("project"));
    tool.with("JAVA_HOME", Jdk.running().home().toString());
  }

  @AfterEach
  void close() {
    if (repository != null) {
      repository.close();
    }
  }

  /** With an empty home of Gradle's, as a job has it. */
  private Result build(String... options) throws Exception {
    repository.forgetRequests();
    tool.with("GRADLE_USER_HOME", Files.createTempDirectory(directory, "home").toString());
    List<String> command = new ArrayList<>(List.of(options));
    command.addAll(List.of("--log", "log.jsonl", "--"));
    command.addAll(List.of("gradle", "-p", directory.resolve("project").toString()));
    command.addAll(List.of("-q", "clean", "test"));
    Files.deleteIfExists(directory.resolve("log.jsonl"));
    Result result = Tool.run(tool.builder(command.toArray(String[]::new)), "", PATIENCE_SECONDS);
    assertThat(tool.left()).isEmpty();
    return result;
  }

  private void isGreen() throws Exception {
    Result result = build("run", "-p", "policy.toml", "--fail-on-denied");
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(result.err()).contains(", 0 denied");
    assertThat(repository.requests()).isPositive();
    List<String> lines = Files.readAllLines(directory.resolve("log.jsonl"));
    Set<String> processes =
        lines.stream().map(line -> Json.text(line, "pid")).collect(Collectors.toSet());
    // Client, daemon, and a JVM for each of the three test classes.
    assertThat(processes).hasSizeGreaterThanOrEqualTo(5);
  }

  private void isLearnedThenEnforcedUnderTwoPolicies(String place, String rule) throws Exception {
    Files.writeString(directory.resolve("project/gradle.properties"), PROPERTIES + place);
    Result learned = build("learn", "-o", "policy.toml");
    assertThat(learned.status()).as(learned.out() + learned.err()).isZero();
    String policy = Files.readString(directory.resolve("policy.toml"));
    Files.writeString(directory.resolve("deny.toml"), policy + NO_REPOSITORY.formatted(rule));

    isGreen();
    Result denied = build("run", "-p", "deny.toml", "--fail-on-denied");
    assertThat(denied.status()).as("Gradle's own status: %s", denied.err()).isOne();
    assertThat(denied.err()).contains("by rule \"no-repository\"");
    assertThat(repository.requests()).isZero();
    isGreen();
  }

  @Test
  void directly() throws Exception {
    isLearnedThenEnforcedUnderTwoPolicies(
        "acmeRepository=http://127.0.0.1:" + repository.port() + "/\n",
        "port = " + repository.port());
  }

  @Test
  void throughAProxy() throws Exception {
    isLearnedThenEnforcedUnderTwoPolicies(
        "acmeRepository=http://repository.example/\n"
            + "systemProp.http.proxyHost=127.0.0.1\n"
            + ("systemProp.http.proxyPort=" + repository.port() + "\n"),
        "host = \"repository.example\"");
  }
}
