package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Gradle itself, where it is installed: {@link DaemonIT} has the same with a stand-in. */
@ExtendWith(ToolExtension.class)
class GradleIT {
  private static final String BUILD =
      """
      task phone {
        doLast {
          try {
            new Socket("127.0.0.1", PORT).close()
            println "PHONED"
          } catch (Exception e) {
            println "NO: " + e
          }
        }
      }
      """;

  /**
   * Gradle's client and daemon talk over the loopback address of IPv6, or of IPv4. Of another
   * daemon that uses the same Gradle user home, it asks by datagram to give up a lock of a file.
   */
  private static final String DENY =
      """
      version = 1
      [default]
      unknown = "deny"
      [[rule]]
      action = "allow"
      event = ["bind", "listen", "accept", "resolve"]
      [[rule]]
      action = "allow"
      address = "loopback"
      peer = "run"
      [[rule]]
      id = "locks"
      action = "allow"
      event = "send"
      protocol = "udp"
      address = "loopback"
      peer = "java"
      [[rule]]
      id = "witness"
      action = "deny"
      port = PORT
      """;

  @TempDir Path directory;
  private Tool tool;
  private Listener witness;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(isInstalled(), "gradle is not installed");
    witness = new Listener();
    String port = "" + witness.port();
    Files.writeString(directory.resolve("build.gradle"), BUILD.replace("PORT", port));
    Files.writeString(directory.resolve("settings.gradle"), "rootProject.name = 'phone'\n");
    Files.writeString(directory.resolve("deny.toml"), DENY.replace("PORT", port));
    tool.with("GRADLE_USER_HOME", home()).with("JAVA_HOME", Jdk.running().home().toString());
  }

  @AfterEach
  void end() throws Exception {
    if (witness != null) {
      witness.close();
      Result unused = plain("--stop");
    }
  }

  private static boolean isInstalled() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "gradle")));
  }

  private String home() {
    return directory.resolve("gradle-home").toString();
  }

  private Result plain(String... words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("gradle", "--offline", "-q");
    builder.command().addAll(Arrays.asList(words));
    builder.directory(directory.toFile());
    builder.environment().put("GRADLE_USER_HOME", home());
    builder.environment().put("JAVA_HOME", Jdk.running().home().toString());
    return Tool.run(builder, "");
  }

  private Result run(String policy) throws Exception {
    return tool.run(
        "run", "-p", policy, "--fail-on-denied", "--", "gradle", "--offline", "-q", "phone");
  }

  private void assertDenied(Result result) throws IOException {
    assertThat(result.out()).as(result.err()).contains("NO: java.net.ConnectException: appaware");
    assertThat(result.err()).contains("by rule \"witness\"").doesNotContain("outside of this run");
    assertThat(result.status()).as(result.err()).isEqualTo(120);
    assertThat(witness.connections()).isZero();
  }

  @Test
  void aBuildIsJudgedByTheRunsPolicyWhateverDaemonWasLeft() throws Exception {
    assertDenied(run("deny.toml"));

    assertThat(plain("phone").out()).contains("PHONED");
    assertThat(witness.connections()).isOne();
    assertDenied(run("deny.toml"));

    Result earlier = run("allow.toml");
    assertThat(earlier.out()).as(earlier.err()).contains("PHONED");
    assertThat(witness.connections()).isOne();
    assertDenied(run("deny.toml"));
    assertThat(tool.left()).isEmpty();
  }
}
