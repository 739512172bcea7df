package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.server.local.WatchingProgram;
import io.github.appaware.target.Detached;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that detaches from its run stays of the run. */
@ExtendWith(ToolExtension.class)
class DetachedIT {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Detached.class, name = "detached.jar")
  private Path jar;

  @BeforeEach
  void needsSetsid() {
    assumeTrue(Files.isExecutable(SETSID), "no " + SETSID + " to detach with");
  }

  /** Reads the console's key, and connects with it. */
  private List<String> console(Jdk jdk) {
    String classes =
        Path.of(WatchingProgram.class.getProtectionDomain().getCodeSource().getLocation().getPath())
            + File.pathSeparator
            + Tool.JAR;
    String script = "exec \"$1\" -cp \"$2\" " + WatchingProgram.class.getName() + " \"$3\"/*";
    return List.of(
        "/bin/sh", "-c", script, "sh", jdk.java(), classes, directory.resolve("rt").toString());
  }

  private Result run(Stream<String> command) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-q", "-p", "allow.toml", "--log", "log"));
    words.add("--");
    words.addAll(command.toList());
    return tool.run(words.toArray(String[]::new));
  }

  private void assertRefused(Result result) throws Exception {
    assertThat(result.out().strip())
        .as(result.err())
        .matches(
            "Refused\\[why=no console of this server: process \\d+ \\(java\\) belongs to the"
                + " run\\]");
    assertThat(result.err()).contains("a console was refused: process ");
    assertThat(Files.readAllLines(directory.resolve("log")))
        .anyMatch(line -> line.contains("\"kind\":\"protected\""));
  }

  @TestOnEachJdk
  void aProgramThatAShellLeftBehindIsNoConsole(Jdk jdk) throws Exception {
    String out = directory.resolve("out").toString();

    assertRefused(run(Detached.command(out, console(jdk)).stream()));
  }

  @TestOnEachJdk
  void aProgramThatAJvmLeftBehindIsNoConsole(Jdk jdk) throws Exception {
    Stream<String> java =
        Stream.of(jdk.java(), "-jar", jar.toString(), directory.resolve("out").toString());

    assertRefused(run(Stream.concat(java, console(jdk).stream())));
  }
}
