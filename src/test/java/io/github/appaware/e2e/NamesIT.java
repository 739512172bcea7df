package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.SharedAddress;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names that share one address: each connection is judged by the name that was asked for. */
@ExtendWith(ToolExtension.class)
class NamesIT {
  private static final List<String> WAYS = List.of("socket", "channel", "asynchronous", "datagram");

  @TempDir Path directory;
  private Tool tool;

  @JarOf(SharedAddress.class)
  private Path jar;

  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    listener = new Listener("127.0.0.1");
    Files.writeString(directory.resolve("hosts"), "127.0.0.1 a.example b.example localhost\n");
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private Result run(Jdk jdk, String policy) throws Exception {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n" + policy);
    return tool.run(
        "run",
        "-q",
        "-p",
        "p.toml",
        "--log",
        "log",
        "--",
        jdk.java(),
        "-Djdk.net.hosts.file=hosts",
        "-jar",
        jar.toString(),
        "" + listener.port());
  }

  private static List<String> about(Result result, String what) {
    return result
        .out()
        .lines()
        .filter(line -> line.startsWith(what))
        .map(line -> line.substring(line.indexOf(": ") + 2))
        .distinct()
        .toList();
  }

  @TestOnEachJdk
  void anAllowanceForOneNameIsNotForAnother(Jdk jdk) throws Exception {
    Result result =
        run(
            jdk,
            """
            [default]
            unknown = 'deny'
            [[rule]]
            id = 'look-ups'
            action = 'allow'
            event = 'resolve'
            [[rule]]
            id = 'a'
            action = 'allow'
            host = 'a.example'
            """);

    assertThat(about(result, "a,")).containsExactly("allowed");
    assertThat(about(result, "name a")).containsExactly("allowed");
    assertThat(about(result, "url a")).containsExactly("allowed");
    String denied = " to b.example:" + listener.port() + " denied by default, no rule matches";
    assertThat(result.out().lines().filter(line -> line.startsWith("b,")))
        .hasSameSizeAs(WAYS)
        .allMatch(line -> line.contains(denied));
    assertThat(about(result, "name b") + "" + about(result, "url b")).contains(denied);
    // The address is one that was allowed under that name, though it was not asked for by it.
    for (String unnamed : List.of("literal,", "copy,", "label,", "label of the object,")) {
      assertThat(about(result, unnamed)).as(unnamed).containsExactly("allowed");
    }
    List<String> record = Files.readAllLines(directory.resolve("log"));
    assertThat(record)
        .filteredOn(line -> Json.text(line, "verdict").equals("deny"))
        .isNotEmpty()
        .allMatch(line -> Json.text(line, "host").equals("b.example"));
    assertThat(record)
        .filteredOn(line -> line.contains("\"names\":"))
        .isNotEmpty()
        .allMatch(line -> !line.contains("\"host\":"))
        .allMatch(line -> line.contains("\"a.example\"") && line.contains("\"b.example\""));
  }

  /** As with a name that is led to the loopback address to block it. */
  @TestOnEachJdk
  void aDenialOfOneNameLeavesTheOthersOfTheLoopbackAddress(Jdk jdk) throws Exception {
    Result result =
        run(
            jdk,
            """
            [default]
            unknown = 'allow'
            [[rule]]
            id = 'no-ads'
            action = 'deny'
            event = ['connect', 'send']
            host = 'b.example'
            """);

    assertThat(result.out().lines().filter(line -> line.startsWith("b,")))
        .hasSameSizeAs(WAYS)
        .allMatch(line -> line.contains(" denied by rule \"no-ads\" (p.toml:"));
    assertThat(about(result, "name b") + "" + about(result, "url b")).contains("no-ads");
    for (String other : List.of("a,", "name a", "url a", "literal,", "copy,", "label,")) {
      assertThat(about(result, other)).as(other).containsExactly("allowed");
    }
  }
}
