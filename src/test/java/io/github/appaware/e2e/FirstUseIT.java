package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.FirstUses;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The self-test of look-ups and IP sockets, which comes before the first event of the kind: no
 * program can pass it by, and none notices it.
 */
@ExtendWith(ToolExtension.class)
class FirstUseIT {
  private static final String DENIED =
      "java.net.ConnectException: appaware: connect tcp to 127.0.0.1:PORT denied by default, no"
          + " rule matches (p.toml:2)";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(FirstUses.class)
  private Path jar;

  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    listener = new Listener("127.0.0.1");
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private Result run(Jdk jdk, String unknown, String attack) throws Exception {
    Files.writeString(
        directory.resolve("p.toml"), "version = 1\ndefault.unknown = '" + unknown + "'\n");
    return tool.run(
        "run",
        "-q",
        "-p",
        "p.toml",
        "--",
        jdk.java(),
        "-cp",
        jar.toString(),
        FirstUses.class.getName(),
        attack,
        "" + listener.port());
  }

  private Result plain(Jdk jdk, String attack) throws Exception {
    return Tool.run(
        new ProcessBuilder(
            jdk.java(),
            "-cp",
            jar.toString(),
            FirstUses.class.getName(),
            attack,
            "" + listener.port()),
        "");
  }

  private void assertDenied(Result result, String... lines) throws IOException {
    assertThat(result.out().lines()).containsExactly(lines);
    assertThat(result.status()).isZero();
    assertThat(listener.connections()).isZero();
  }

  @TestOnEachJdk
  void noThreadIsFasterThanTheTest(Jdk jdk) throws Exception {
    assertDenied(run(jdk, "deny", "race"), "40 x " + DENIED, "later: " + DENIED, "connected: 0");
    assertThat(run(jdk, "allow", "race")).isEqualTo(plain(jdk, "race"));
  }

  @TestOnEachJdk
  void theEndOfTheStackPassesNothing(Jdk jdk) throws Exception {
    assertDenied(run(jdk, "deny", "depth"), "1", "false", "later: " + DENIED, "connected: 0");
    assertThat(run(jdk, "allow", "depth").out()).contains("later: connected true\n");
  }

  @TestOnEachJdk
  void anInterruptIsTheProgramsOwn(Jdk jdk) throws Exception {
    assertThat(run(jdk, "allow", "interrupt")).isEqualTo(plain(jdk, "interrupt"));
    assertThat(run(jdk, "deny", "interrupt").out()).endsWith("connected: 0\n");
  }

  @TestOnEachJdk
  void theNameOfTheTestIsNoOtherName(Jdk jdk) throws Exception {
    Result result = run(jdk, "deny", "own-name");

    assertThat(result.out())
        .contains("look-up: class java.net.UnknownHostException: appaware: resolve ")
        .doesNotContain("self-test");
    assertThat(run(jdk, "allow", "own-name").out()).doesNotContain("denied");
  }

  @TestOnEachJdk
  void theSocketOfTheTestIsNotTheProgramsOwn(Jdk jdk) throws Exception {
    assertThat(run(jdk, "deny", "listen").out())
        .startsWith("listen: java.net.BindException: appaware: ")
        .doesNotContain("self-test");
    assertThat(run(jdk, "allow", "listen")).isEqualTo(plain(jdk, "listen"));
  }
}
