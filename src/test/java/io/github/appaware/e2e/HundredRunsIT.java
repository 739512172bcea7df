package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ToolExtension.class)
class HundredRunsIT {
  private static final int RUNS = 100;

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  @Test
  void aHundredRunsLeaveNoFileAndNoProcessBehind() throws Exception {
    Set<Path> before = files();
    Set<Long> running = processes();

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
    Await.until(() -> processes().equals(running));
  }

  /** Processes that run this checkout's jars: launchers, servers, and targets with the agent. */
  private static Set<Long> processes() {
    Set<Long> own = new TreeSet<>();
    ProcessHandle.allProcesses()
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .filter(line -> line.contains(Tool.JAR.getParent().toString() + "/appaware"))
                    .filter(line -> !line.contains("-Dappaware.archives.")) // makes archives, once
                    .isPresent())
        .forEach(process -> own.add(process.pid()));
    return own;
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
