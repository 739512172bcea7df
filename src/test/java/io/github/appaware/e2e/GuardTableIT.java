package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.CProgram;
import io.github.appaware.testkit.Guarded;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Ports;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is allowed returns what it returns without the guard, good or bad. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class GuardTableIT {
  private static final int CALLS = 400;

  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void needsAKernel() throws Exception {
    Guarded.assumePossible();
  }

  @Test
  void everyCallHasTheSameResultAndErrorAsWithoutTheGuard() throws Exception {
    Path table = CProgram.compiled(directory, "table");
    Path places = Files.createDirectory(directory.resolve("places"));
    try (Listener listener = new Listener();
        Ports.Closed closed = new Ports.Closed()) {
      List<String> command =
          List.of(
              table.toString(),
              "" + listener.port(),
              "" + closed.number(),
              "" + listener.datagramPort(),
              places.toString());
      Result plain = Tool.run(new ProcessBuilder(command), "");
      assertThat(plain.out().lines()).as(plain.err()).hasSizeGreaterThan(CALLS);

      Result guarded =
          Tool.run(
              tool.builder(
                  Stream.concat(
                          Stream.of("run", "-q", "--guard", "on", "-p", "allow.toml", "--"),
                          command.stream())
                      .toArray(String[]::new)),
              "");

      assertThat(guarded.err()).isEmpty();
      assertThat(guarded.out().lines()).containsExactlyElementsOf(plain.out().lines().toList());
    }
  }
}
