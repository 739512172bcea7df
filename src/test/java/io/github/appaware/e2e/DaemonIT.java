package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.DaemonTool;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A build tool with a daemon: whose it is decides by which policy the work is judged. */
@ExtendWith(ToolExtension.class)
class DaemonIT {
  /** What the client and the daemon of a run need of each other, and nothing else. */
  private static final String DENY =
      """
      version = 1
      [default]
      unknown = "deny"
      [[rule]]
      action = "allow"
      event = ["listen", "accept", "bind"]
      address = "any"
      [[rule]]
      action = "allow"
      event = "connect"
      address = "127.0.0.2"
      """;

  @TempDir Path directory;
  private Tool tool;
  private Listener witness;

  @JarOf(value = DaemonTool.class, name = "tool.jar")
  private Path jar;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Files.isReadable(Path.of("/proc/self/environ")), "there is no /proc here");
    Files.writeString(directory.resolve("deny.toml"), DENY);
    witness = new Listener();
  }

  @AfterEach
  void end() throws IOException {
    witness.close();
    daemons().forEach(ProcessHandle::destroyForcibly);
  }

  /** The daemons of this test, by their command line. */
  private List<ProcessHandle> daemons() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .filter(line -> line.contains(" daemon ") && line.contains(jar.toString()))
                    .isPresent())
        .toList();
  }

  /** As a start script runs it. */
  private List<String> client(Jdk jdk) {
    String line =
        "exec %s $GRADLE_OPTS -cp %s %s %d %s"
            .formatted(
                jdk.java(),
                jar,
                DaemonTool.class.getName(),
                witness.port(),
                directory.resolve("users-registry"));
    return List.of("sh", "-c", line);
  }

  private Result run(Jdk jdk, String policy, Tool in) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-p", policy, "--fail-on-denied", "--"));
    words.addAll(client(jdk));
    return in.run(words.toArray(String[]::new));
  }

  private void assertDenied(Result result) throws IOException {
    assertThat(result.out()).startsWith("NO: appaware: connect tcp to 127.0.0.1:");
    assertThat(result.err()).contains(" 1 denied").doesNotContain("outside of this run");
    assertThat(result.status()).isEqualTo(120);
    assertThat(witness.connections()).isZero();
  }

  @TestOnEachJdk
  void theDaemonThatARunStartsIsJudgedAndEndsWithIt(Jdk jdk) throws Exception {
    assertDenied(run(jdk, "deny.toml", tool));

    assertThat(daemons()).isEmpty();
    assertThat(tool.left()).isEmpty();
  }

  @Test
  void aDaemonThatAPlainCommandLeftIsNotUsed() throws Exception {
    Jdk jdk = Jdk.running();
    Result plain = Tool.run(new ProcessBuilder(client(jdk)), "");
    assertThat(plain.out()).startsWith("PHONED");
    assertThat(daemons()).hasSize(1);
    assertThat(witness.connections()).isOne();

    assertDenied(run(jdk, "deny.toml", tool));
    assertThat(daemons()).as("the user's own goes on").hasSize(1);
  }

  @Test
  void anEarlierRunLeavesNoDaemonThatObeysItsPolicy() throws Exception {
    Jdk jdk = Jdk.running();
    Result earlier = run(jdk, "allow.toml", tool);
    assertThat(earlier.out()).startsWith("PHONED");
    assertThat(witness.connections()).isOne();
    assertThat(daemons()).isEmpty();

    assertDenied(run(jdk, "deny.toml", tool));
  }

  @Test
  void workForADaemonOfTheUsersChoiceIsTold() throws Exception {
    Jdk jdk = Jdk.running();
    Result plain = Tool.run(new ProcessBuilder(client(jdk)), "");
    assertThat(plain.out()).startsWith("PHONED");
    Path registry = directory.resolve("users-registry");
    Tool chosen = tool.with("GRADLE_OPTS", "-Dorg.gradle.daemon.registry.base=" + registry);

    Result result = run(jdk, "deny.toml", chosen);

    assertThat(result.out()).startsWith("PHONED");
    assertThat(result.err())
        .contains("warning: 1 event reached a process outside of this run")
        .contains(": java (DaemonTool), process " + daemons().get(0).pid() + " of user ");
    assertThat(result.status()).isEqualTo(120);
    assertThat(daemons()).hasSize(1);
  }
}
