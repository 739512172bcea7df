package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
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

/** Runs compared with the record of an earlier one, and records put to another policy. */
@ExtendWith(ToolExtension.class)
class BaselineIT {
  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Steps.class, name = "steps-1.0.jar")
  private Path jar;

  @BeforeEach
  void writePolicies() throws IOException {
    Files.writeString(directory.resolve("all.toml"), "version = 1\n[default]\nunknown = 'allow'\n");
    Files.writeString(
        directory.resolve("one.toml"),
        """
        version = 1
        [default]
        unknown = 'deny'
        [[rule]]
        action = 'allow'
        address = '127.7.0.1'
        """);
  }

  private Result steps(String options, String... steps) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(options.split(" ")));
    arguments.addAll(List.of("--", Jdk.running().java(), "-jar", jar.toString()));
    arguments.addAll(List.of(steps));
    return tool.run(arguments.toArray(String[]::new));
  }

  @Test
  void aRunThatDoesSomethingNewFailsAndSaysWhat() throws Exception {
    String one = "connect 127.7.0.1 9";
    assertThat(steps("-p all.toml --log before.jsonl", one).status()).isZero();
    long size = Files.size(directory.resolve("before.jsonl"));

    Result same = steps("-p all.toml --baseline before.jsonl --fail-on-new", one, one);
    assertThat(same.err()).doesNotContain("new since").doesNotContain("gone since");
    assertThat(same.status()).isZero();

    // Denied is tried, too; and a record that others wrote to before is no part of this run.
    Files.copy(directory.resolve("before.jsonl"), directory.resolve("log.jsonl"));
    Result other =
        steps(
            "-q -p one.toml --log log.jsonl --baseline before.jsonl --fail-on-new",
            "connect 127.7.0.2 9",
            "connect 127.7.0.2 9");
    assertThat(other.err())
        .contains(
            """
            appaware: new since `before.jsonl`:
                      steps-1.0.jar: connect tcp 127.7.0.2 port 9, from steps-1.0.jar, 2 times
            appaware: gone since `before.jsonl`:
                      steps-1.0.jar: connect tcp 127.7.0.1 port 9, from steps-1.0.jar
            """);
    assertThat(other.status()).isEqualTo(120);
    assertThat(Files.size(directory.resolve("before.jsonl"))).isEqualTo(size);

    Result told = steps("-p all.toml --baseline before.jsonl", "connect 127.7.0.3 9");
    assertThat(told.err()).contains("127.7.0.3 port 9");
    assertThat(told.status()).isZero();
    assertThat(tool.left()).isEmpty();
  }

  @Test
  void withoutABaselineThatCanBeReadNothingIsRun() throws Exception {
    Files.writeString(directory.resolve("bad.jsonl"), "{}\n");
    Files.createDirectory(directory.resolve("d"));
    for (String options :
        List.of(
            "--fail-on-new",
            "--baseline none.jsonl",
            "--baseline bad.jsonl",
            "--baseline d",
            "--log /dev/null --baseline all.toml")) {
      Result result = steps("-p all.toml " + options, "pid");
      assertThat(result.status()).as(options).isEqualTo(125);
      assertThat(result.out()).as(options).isEmpty();
    }
  }

  @Test
  void aRecordPutToThePolicyThatDecidedChangesNothing() throws Exception {
    Result run =
        steps("--policy one.toml --log log.jsonl", "connect 127.7.0.1 9", "connect 127.7.0.2 9");
    assertThat(run.err()).contains("1 allowed, 1 denied");

    assertThat(tool.run("replay", "-p", "one.toml", "log.jsonl").status()).isZero();
    Result other = tool.run("replay", "-p", "all.toml", "log.jsonl");
    assertThat(other.out())
        .contains("deny  allow    1      connect tcp to 127.7.0.2:9")
        .endsWith("1 of 2 events would be decided differently\n");
    assertThat(other.status()).isEqualTo(1);
    assertThat(tool.run("log", "--verdict", "deny", "log.jsonl").out()).hasLineCount(1);
  }
}
