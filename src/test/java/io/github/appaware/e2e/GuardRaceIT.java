package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.CProgram;
import io.github.appaware.testkit.Guarded;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Programs that change what was judged, and a guard that is killed: nothing gets through. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class GuardRaceIT {
  private static final String ROUNDS = System.getProperty("appaware.races", "5000");

  /** In nanoseconds. */
  private static final long BETWEEN_LOOKS = 100_000;

  @TempDir Path directory;
  private Tool tool;
  private Path ways;
  private volatile boolean draining;

  @BeforeEach
  void compile() throws Exception {
    Guarded.assumePossible();
    ways = CProgram.compiled(directory, "ways");
  }

  private Result run(String rules, String way, Listener listener, String... more) throws Exception {
    Files.writeString(
        directory.resolve("some.toml"),
        "version = 1\n[default]\nunknown = 'deny'\n[[rule]]\naction = 'allow'\n" + rules);
    List<String> words =
        new ArrayList<>(List.of("run", "-q", "--guard", "on", "-p", "some.toml", "--"));
    words.addAll(List.of(ways.toString(), way, "" + listener.port(), "" + listener.datagramPort()));
    words.addAll(List.of(more));
    return tool.run(words.toArray(String[]::new));
  }

  /** What is accepted makes room in the queue. */
  private void drain(Listener listener) {
    try {
      while (draining) {
        int unused = listener.connections();
        LockSupport.parkNanos(BETWEEN_LOOKS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anAddressThatAThreadChangesIsTheOneThatWasJudged() throws Exception {
    try (Listener allowed = new Listener();
        Listener forbidden = new Listener()) {
      draining = true;
      Thread drain = new Thread(() -> drain(allowed));
      drain.start();
      Result result =
          run(
              "address = 'loopback'\nport = " + allowed.port(),
              "race",
              allowed,
              ROUNDS,
              "" + forbidden.port());
      draining = false;
      drain.join();

      assertThat(result.out())
          .as(result.err())
          .isEqualTo("race: 0 wrong, some allowed, some denied\n");
      assertThat(forbidden.connections()).isZero();
    }
  }

  @Test
  void aDescriptorThatAThreadExchangesIsTheOneThatWasJudged() throws Exception {
    try (Listener listener = new Listener()) {
      Result result = run("path = '/**'", "swaps", listener, ROUNDS);

      assertThat(result.out()).as(result.err()).isEqualTo("swaps: 0 sent\n");
      assertThat(listener.datagrams()).isZero();
    }
  }

  @Test
  void aLinkThatAThreadChangesLeadsWhereItWasJudgedToLead() throws Exception {
    Path place = Files.createDirectory(directory.toRealPath().resolve("p"));
    String rules =
        "event = ['bind', 'listen']\npath = '/**'\n[[rule]]\naction = 'allow'\npath = '"
            + place.resolve("good")
            + "'\n";
    try (Listener listener = new Listener()) {
      Result result = run(rules, "links", listener, ROUNDS, place.toString());

      assertThat(result.out())
          .as(result.err())
          .isEqualTo("links: 0 wrong, some allowed, some denied\n");
    }
  }

  @Test
  void whatOutlivesAKilledLauncherReachesNothing() throws Exception {
    Path out = directory.resolve("out");
    String script =
        "echo $$ >pid; trap '' TERM HUP; while :; do '"
            + ways
            + "' connect $1 1; if kill -0 $2; then echo alive; else echo gone; fi; sleep 0.05; done"
            + " >"
            + out
            + " 2>/dev/null";
    try (Listener listener = new Listener();
        Dialog dialog =
            new Dialog(
                tool.builder(
                    "run",
                    "-q",
                    "--guard",
                    "on",
                    "-p",
                    "allow.toml",
                    "--",
                    "/bin/bash",
                    "-c",
                    "setsid env -i /bin/bash -c \"$1\" x $2 $PPID & sleep 60",
                    "x",
                    script,
                    "" + listener.port()))) {
      Await.until(() -> Files.exists(out) && Files.readString(out).contains("connect: done"));
      dialog.process().destroyForcibly().waitFor();
      try {
        Await.until(() -> Files.readString(out).contains("gone\n"));
        int unused = listener.connections();
        int before = Files.readString(out).length();
        Await.until(() -> Files.readString(out).substring(before).contains("connect: ENOSYS"));

        assertThat(listener.connections()).isZero();
      } finally {
        long left = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }
}
