package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Guarded;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The option, and what it says. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class GuardOptionIT {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void needsAKernel() throws Exception {
    Guarded.assumePossible();
    assumeTrue(Files.isExecutable(BASH), "no " + BASH);
  }

  @Test
  void theLevelInForceIsToldWhenAskedFor() throws Exception {
    assertThat(tool.run("run", "-v", "--guard", "on", "-p", "allow.toml", "--", "true").err())
        .contains("level of protection: guard: every network call is judged, Java or not");
    assertThat(tool.run("run", "-v", "--guard", "auto", "-p", "allow.toml", "--", "true").err())
        .contains("level of protection: guard: ");
    assertThat(tool.run("run", "-v", "--guard", "off", "-p", "allow.toml", "--", "true").err())
        .contains(
            "level of protection: agent: what is not Java is not judged (guard: switched off)");
  }

  @Test
  void aProgramThatIsNotJavaFailsTheRunOnlyByWhatItDid() throws Exception {
    Result nothing =
        tool.run("run", "--guard", "on", "--fail-on-denied", "-p", "deny.toml", "--", "true");
    assertThat(nothing.status()).as(nothing.err()).isZero();
    assertThat(nothing.err()).contains("no network events");

    try (Listener listener = new Listener()) {
      String connect = "exec 3<>/dev/tcp/127.0.0.1/" + listener.port() + " || exit 0";
      Result denied =
          tool.run(
              "run",
              "--guard",
              "on",
              "--fail-on-denied",
              "-p",
              "deny.toml",
              "--",
              BASH.toString(),
              "-c",
              "(" + connect + "); exit 0");
      assertThat(denied.status()).as(denied.err()).isEqualTo(120);
      assertThat(denied.err()).contains("0 allowed, 1 denied", "denied: connect tcp to 127.0.0.1:");
      assertThat(listener.connections()).isZero();
    }
  }

  @Test
  void aRunInARunHasTheOuterGuardOrSaysWhyNone() throws Exception {
    String inner = Tool.SCRIPT + " run -v -p allow.toml --guard ";

    Result on =
        tool.run(
            "run",
            "-q",
            "--guard",
            "on",
            "-p",
            "allow.toml",
            "--",
            "/bin/sh",
            "-c",
            inner + "on -- true");
    assertThat(on.status()).as(on.err()).isEqualTo(125);
    assertThat(on.err())
        .contains("the guard can't be had here: another guard is in force around this process");

    Result auto =
        tool.run(
            "run",
            "-q",
            "--guard",
            "on",
            "-p",
            "allow.toml",
            "--",
            "/bin/sh",
            "-c",
            inner + "auto -- true");
    assertThat(auto.status()).as(auto.err()).isZero();
    assertThat(auto.err()).contains("level of protection: agent: ", "another guard is in force");
  }

  @Test
  void programsGainNoPrivileges() throws Exception {
    Result result =
        tool.run(
            "run",
            "-q",
            "--guard",
            "on",
            "-p",
            "allow.toml",
            "--",
            "/bin/sh",
            "-c",
            "grep NoNewPrivs /proc/self/status; grep Seccomp: /proc/self/status");

    assertThat(result.out()).contains("NoNewPrivs:\t1", "Seccomp:\t2");
  }

  /** The launcher and the server can be neither stopped nor looked into, by root either. */
  @Test
  void theTargetCanNotTouchTheLauncher() throws Exception {
    assumeTrue(
        Guarded.hasLandlock(), "without Landlock root can, and so can the same user's programs");
    Result result =
        tool.run(
            "run",
            "-q",
            "--guard",
            "on",
            "-p",
            "allow.toml",
            "--",
            "/bin/sh",
            "-c",
            "kill -STOP $PPID || echo no signal; head -c 1 /proc/$PPID/mem || echo no memory");

    assertThat(result.out()).contains("no signal\n", "no memory\n");
    assertThat(result.status()).isZero();
  }
}
