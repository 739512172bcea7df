package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ToolExtension.class)
class ManyRunsIT {
  /** The fuzz profile makes it a hundred. */
  private static final int RUNS = Integer.getInteger("fuzz.runs", 25);

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  @Test
  void theyLeaveNoFileAndNoProcessBehind() throws Exception {
    Set<Path> before = files();
    assertThat(processes()).isEmpty();
    try (Dialog dialog =
        tool.talk("run", "-q", "-p", "deny.toml", "--", Jdk.running().java(), "-jar", "" + jar)) {
      assertThat(dialog.say("connect 127.0.0.1 9")).contains("denied by default");
      assertThat(processes()).as("launcher, server, target").hasSizeGreaterThanOrEqualTo(3);
      assertThat(dialog.end()).isZero();
    }

    for (int i = 0; i < RUNS; i++) {
      Result result =
          tool.run(
              "run",
              "-q",
              "--policy",
              "deny.toml",
              "--",
              Jdk.running().java(),
              "-jar",
              jar.toString(),
              "connect 127.0.0.1 9");
      assertThat(result.out()).contains("denied by default");
      assertThat(result.status()).isZero();
    }

    assertThat(tool.left()).isEmpty();
    assertThat(files()).isEqualTo(before);
    Await.until(() -> processes().isEmpty());
  }

  /** Processes of this test's runs, by their environment: launchers, servers and targets. */
  private Set<Long> processes() {
    Set<Long> own = new TreeSet<>();
    ProcessHandle.allProcesses().filter(this::isOfThisTest).forEach(each -> own.add(each.pid()));
    return own;
  }

  private boolean isOfThisTest(ProcessHandle process) {
    try {
      return Files.readString(
              Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1)
          .contains("XDG_RUNTIME_DIR=" + directory + "/");
    } catch (IOException e) {
      return false; // ended, or another user's
    }
  }

  /** Everything in the directory that the runs worked in, but for the runs' own. */
  private Set<Path> files() throws Exception {
    Set<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      all.forEach(files::add);
    }
    return files;
  }
}
