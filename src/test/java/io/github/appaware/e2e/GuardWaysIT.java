package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.CProgram;
import io.github.appaware.testkit.Digest;
import io.github.appaware.testkit.Guarded;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are not Java: what is allowed happens, what is denied reaches no one. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class GuardWaysIT {
  @TempDir Path directory;
  private Tool tool;
  private Path ways;

  @BeforeEach
  void compile() throws Exception {
    Guarded.assumePossible();
    ways = CProgram.compiled(directory, "ways");
  }

  private Result run(String policy, List<String> command) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-q", "--guard", "on", "-p", policy));
    words.addAll(List.of("--log", "log", "--"));
    words.addAll(command);
    return tool.run(words.toArray(String[]::new));
  }

  private Result way(String policy, String way, Listener listener) throws Exception {
    return run(
        policy, List.of(ways.toString(), way, "" + listener.port(), "" + listener.datagramPort()));
  }

  private List<String> record() throws IOException {
    return Files.readAllLines(directory.resolve("log"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "nonblocking", "vfork", "daemon"})
  void aConnectionIsMadeOrNotHoweverItIsTried(String way) throws Exception {
    try (Listener listener = new Listener()) {
      Result allowed = way("allow.toml", way, listener);
      assertThat(allowed.out()).as(allowed.err()).isEqualTo(way + ": done\n");
      assertThat(listener.connections()).isOne();

      Result denied = way("deny.toml", way, listener);
      assertThat(denied.out()).as(denied.err()).isEqualTo(way + ": EACCES\n");
      assertThat(listener.connections()).isZero();
    }
    assertThat(record()).hasSize(2).allMatch(line -> line.contains("\"file\":\"ways\""));
    assertThat(Json.sum(record(), "connect", "allow")).isOne();
    assertThat(Json.sum(record(), "connect", "deny")).isOne();
  }

  @Test
  void datagramsAreSentOrNotWithAndWithoutAConnection() throws Exception {
    try (Listener listener = new Listener()) {
      Result allowed = way("allow.toml", "datagrams", listener);
      assertThat(allowed.out())
          .isEqualTo("sendto: done\nsendmsg: done\nsendmmsg: done\nconnect: done\nsend: done\n");
      assertThat(listener.datagrams()).isEqualTo(6);
      assertThat(Json.sum(record(), "send", "allow")).isEqualTo(5);

      Result denied = way("deny.toml", "datagrams", listener);
      assertThat(denied.out())
          .isEqualTo("sendto: EACCES\nsendmsg: EACCES\nsendmmsg: EACCES\nconnect: EACCES\n");
      assertThat(listener.datagrams()).isZero();
    }
  }

  @Test
  void sixteenThreadsAreServedAtOnceAndEachCallIsOnRecord() throws Exception {
    try (Listener listener = new Listener()) {
      Result allowed = way("allow.toml", "threads", listener);
      assertThat(allowed.out()).isEqualTo("threads: 80 reached, 0 refused\n");
      assertThat(Json.sum(record(), "connect", "allow")).isEqualTo(80);
      int unused = listener.connections();

      Result denied = way("deny.toml", "threads", listener);
      assertThat(denied.out()).isEqualTo("threads: 0 reached, 80 refused\n");
      assertThat(listener.connections()).isZero();
      assertThat(Json.sum(record(), "connect", "deny")).isEqualTo(80);
    }
  }

  /** As without the guard: the first line is what connect returned. */
  @ParameterizedTest
  @CsvSource({
    "interrupted, interrupted: EINTR, handled: one",
    "restarted, restarted: EINTR, handled: many",
    "timeout, timeout: EINPROGRESS, ''",
  })
  void aCallThatWaitsIsInterruptedBySignalsAndTimeOuts(String way, String result, String handled)
      throws Exception {
    try (Listener listener = new Listener()) {
      Result plain =
          Tool.run(
              new ProcessBuilder(
                  ways.toString(), way, "" + listener.port(), "" + listener.datagramPort()),
              "");
      assertThat(plain.out().strip()).isEqualTo((result + "\n" + handled).strip());

      assertThat(way("allow.toml", way, listener).out()).isEqualTo(plain.out());
    }
  }

  @Test
  void aCallThatWaitsKeepsNoOtherWaiting() throws Exception {
    try (Listener listener = new Listener()) {
      assertThat(way("allow.toml", "beside", listener).out()).isEqualTo("beside: done\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "/bin/bash => exec 3<>/dev/tcp/127.0.0.1/$PORT && echo reached",
        "/usr/bin/curl => curl -s -m 1 http://127.0.0.1:$PORT; [ $? = 7 ] || echo reached",
        "/usr/bin/python3 => python3 -c 'import socket;socket.create_connection((\"127.0.0.1\",'$PORT'))'"
            + " && echo reached",
        "/usr/bin/env => env -i /bin/bash -c \"exec 3<>/dev/tcp/127.0.0.1/$PORT\" && echo reached",
      })
  void programsOfTheSystemAreJudged(Path needed, String script) throws Exception {
    assumeTrue(Files.isExecutable(needed), "no " + needed);
    try (Listener listener = new Listener()) {
      tool.with("PORT", "" + listener.port());

      Result allowed = run("allow.toml", List.of("/bin/bash", "-c", script));
      assertThat(allowed.out()).as(allowed.err()).isEqualTo("reached\n");
      assertThat(listener.connections()).isOne();

      Result denied = run("deny.toml", List.of("/bin/bash", "-c", script));
      assertThat(denied.out()).as(denied.err()).isEmpty();
      assertThat(listener.connections()).isZero();
    }
  }

  @Test
  void aRuleNamesAProgramByItsFileAndContent() throws Exception {
    String hash = Digest.sha256(ways);
    Files.writeString(
        directory.resolve("app.toml"),
        "version = 1\n[default]\nunknown = 'deny'\n[[app]]\nid = 'tool'\nfile = 'ways'\nsha256 = ['"
            + hash
            + "']\n[[rule]]\naction = 'allow'\napp = 'tool'\naddress = 'loopback'\n");
    try (Listener listener = new Listener()) {
      assertThat(way("app.toml", "connect", listener).out()).isEqualTo("connect: done\n");

      Path other = directory.resolve("other");
      Files.createDirectory(other);
      Path copy = Files.copy(ways, other.resolve("ways"));
      Files.write(copy, new byte[] {0}, StandardOpenOption.APPEND);
      copy.toFile().setExecutable(true);
      Result changed =
          run("app.toml", List.of(copy.toString(), "connect", "" + listener.port(), "1"));
      assertThat(changed.out()).as(changed.err()).isEqualTo("connect: EACCES\n");
    }
  }
}
