package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JVMs that the target starts are checked too, each as its own application. */
@ExtendWith(ToolExtension.class)
class ChildIT {
  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Steps.class, name = "parent.jar")
  private Path jar;

  /** Directly, through a shell, and with an environment that the target emptied. */
  @ParameterizedTest
  @ValueSource(strings = {"java", "shell", "bare"})
  void aChildJvmGetsTheAgentAndItsOwnIdentity(String kind) throws Exception {
    Files.writeString(
        directory.resolve("p.toml"),
        """
        version = 1
        [default]
        unknown = 'deny'
        [[app]]
        id = 'the-parent'
        file = 'parent.jar'
        [[app]]
        id = 'the-child'
        file = '%s'
        [[rule]]
        action = 'allow'
        app = 'the-parent'
        """
            .formatted(Steps.class.getName()));
    try (Listener listener = new Listener();
        Dialog dialog =
            tool.talk(
                "run",
                "-q",
                "--policy",
                "p.toml",
                "--log",
                "events.jsonl",
                "--",
                Jdk.running().java(),
                "-jar",
                jar.toString())) {
      assertThat(dialog.say("connect 127.0.0.1 " + listener.port())).startsWith("connected");

      String said = dialog.say("child " + kind + " connect_127.0.0.1_" + listener.port());

      assertThat(said)
          .startsWith("child ended 0: ")
          .endsWith(
              "java.net.ConnectException: appaware: connect tcp to 127.0.0.1:"
                  + listener.port()
                  + " denied by default, no rule matches (p.toml:3)");
      assertThat(said.contains("Picked up JAVA_TOOL_OPTIONS")).isEqualTo(kind.equals("shell"));
      assertThat(listener.connections()).isOne();
      List<String> record = Files.readAllLines(directory.resolve("events.jsonl"));
      JsonSchemas.RECORD.check(record);
      assertThat(record.get(record.size() - 1))
          .contains("\"id\":\"the-child\"", "\"parent\":\"", "\"verdict\":\"deny\"");
      assertThat(dialog.end()).isZero();
    }
    assertThat(tool.left()).isEmpty();
  }
}
