package io.github.appaware.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.EntryPoints;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counted by the kernel, outside the program and in a network namespace of its own: a program that
 * tries every entry point while all is denied sends nothing. The agent's own connection is a
 * Unix-domain socket, which no interface counts.
 */
@ExtendWith(ToolExtension.class)
class PacketsIT {
  /** Prints what went through the loopback interface, and which packets IP was asked to send. */
  private static final String COUNT =
      "awk '/lo:/ {sub(\".*:\", \"\"); print \"lo \" $2 + $10}' /proc/net/dev;"
          + " awk '/^Ip: [0-9]/ {print \"ip \" $11}' /proc/net/snmp;";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(EntryPoints.class)
  private Path jar;

  @BeforeEach
  void mayMakeNamespaces() throws Exception {
    Process trial =
        new ProcessBuilder("unshare", "-rn", "ip", "link", "set", "lo", "up")
            .redirectErrorStream(true)
            .start();
    String said = new String(trial.getInputStream().readAllBytes(), UTF_8);
    assumeTrue(
        trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0,
        "no network namespace can be made here: " + said);
  }

  /** The counts, of everything that the run in the namespace caused. */
  private String count(Jdk jdk, String unknown) throws Exception {
    ProcessBuilder builder =
        tool.builder(
            "run",
            "-q",
            "-p",
            unknown + ".toml",
            "--",
            jdk.java(),
            "-jar",
            jar.toString(),
            "1001",
            "1002",
            "1003",
            "1004",
            directory.toString());
    List<String> inside =
        new ArrayList<>(
            List.of(
                "unshare",
                "-rn",
                "/bin/sh",
                "-c",
                "ip link set lo up; \"$@\" > said.txt; " + COUNT,
                "sh"));
    inside.addAll(builder.command());
    Result result = Tool.run(builder.command(inside), "");
    assertThat(result.err()).isEmpty();
    assertThat(Files.readAllLines(directory.resolve("said.txt"))).hasSizeGreaterThan(90);
    return result.out();
  }

  @TestOnEachJdk
  void notOnePacketLeavesWhenAllIsDenied(Jdk jdk) throws Exception {
    assertThat(count(jdk, "deny")).isEqualTo("lo 0\nip 0\n");
  }

  @TestOnEachJdk
  void theSameProgramSendsManyWhenAllIsAllowed(Jdk jdk) throws Exception {
    assertThat(count(jdk, "allow")).matches("lo \\d{3,}\nip \\d{3,}\n");
  }
}
