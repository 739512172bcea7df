package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Digest;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Ports;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ToolExtension.class)
class RunIT {
  private static final String ALLOW = "version = 1\n[default]\nunknown = 'allow'\n";
  private static final String DENY = "version = 1\n[default]\nunknown = 'deny'\n";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Steps.class, name = "steps-1.0.jar")
  private Path jar;

  private String policy(String text) throws IOException {
    Files.writeString(directory.resolve("p.toml"), text);
    return "p.toml";
  }

  private Dialog steps(String... options) throws IOException {
    List<String> arguments = new java.util.ArrayList<>(List.of("run"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--", Jdk.running().java(), "-jar", jar.toString()));
    return tool.talk(arguments.toArray(String[]::new));
  }

  @Test
  void standardStreamsStatusAndDirectoryAreThePrograms() throws Exception {
    try (Dialog dialog = steps("-q", "--policy", "allow.toml")) {
      assertThat(dialog.say("directory")).isEqualTo(directory.toRealPath().toString());
      assertThat(dialog.say("env JAVA_TOOL_OPTIONS")).isEqualTo("null");
      assertThat(dialog.say("stderr to-the-error-stream")).isEqualTo("written");
      dialog.say("exit 42");
      assertThat(dialog.await()).isEqualTo(42);
      assertThat(dialog.err()).isEqualTo("to-the-error-stream\n");
    }
    assertThat(tool.left()).isEmpty();
  }

  @Test
  void theSummaryNamesEachDenialWithItsCountAndCode() throws Exception {
    try (Listener listener = new Listener();
        Dialog dialog = steps("--policy", "deny.toml")) {
      dialog.say("connect 127.0.0.1 " + listener.port());
      dialog.say("connect 127.0.0.1 " + listener.port());
      assertThat(dialog.end()).isZero();
      assertThat(dialog.err())
          .startsWith(
              "appaware: 0 allowed, 2 denied\n          denied: connect tcp to 127.0.0.1:"
                  + listener.port()
                  + ", 2 times, from steps-1.0.jar (io.github.appaware.target.Steps),"
                  + " by default, no rule matches (deny.toml:3)\n")
          .contains("action   = \"allow\"", "port     = " + listener.port());
      assertThat(listener.connections()).isZero();
    }
  }

  @Test
  void failOnDeniedTurnsAGoodEndIntoStatus120() throws Exception {
    try (Dialog dialog = steps("-q", "--fail-on-denied", "--policy", "deny.toml")) {
      dialog.say("connect 127.0.0.1 1");
      assertThat(dialog.end()).isEqualTo(120);
    }
    try (Dialog dialog = steps("-q", "--fail-on-denied", "--policy", "deny.toml")) {
      dialog.say("exit 7");
      assertThat(dialog.await()).isEqualTo(7);
    }
  }

  @Test
  void aDeniedListenIsNeverReachable() throws Exception {
    int port = Ports.free();
    String policy =
        policy(ALLOW + "[[rule]]\nid = 'no-server'\naction = 'deny'\nevent = 'listen'\n");
    try (Dialog dialog = steps("-q", "--policy", policy)) {
      assertThat(dialog.say("listen " + port))
          .isEqualTo(
              "java.net.BindException: appaware: listen tcp on 127.0.0.1:"
                  + port
                  + " denied by rule \"no-server\" (p.toml:4)");
      // The program keeps the bound socket open: were it listening, this would connect.
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> new Socket("127.0.0.1", port).close()))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aDeniedDatagramNeverArrives() throws Exception {
    try (Listener listener = new Listener();
        Dialog dialog = steps("-q", "--policy", "deny.toml")) {
      assertThat(dialog.say("send " + listener.datagramPort()))
          .startsWith("java.net.SocketException: appaware: send udp to 127.0.0.1:");
      assertThat(listener.datagrams()).isZero();
    }
    try (Listener listener = new Listener();
        Dialog dialog = steps("-q", "--policy", "allow.toml")) {
      assertThat(dialog.say("send " + listener.datagramPort())).isEqualTo("sent");
      assertThat(listener.datagrams()).isOne();
    }
  }

  @Test
  void aForgedLabelIsNoHost() throws Exception {
    String policy =
        policy(DENY + "[[rule]]\nid = 'one'\naction = 'allow'\nhost = 'allowed.example'\n");
    Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 allowed.example\n");
    try (Listener real = new Listener();
        Listener other = new Listener("127.0.0.9");
        Dialog dialog =
            tool.talk(
                "run",
                "-q",
                "--policy",
                policy,
                "--",
                Jdk.running().java(),
                "-Djdk.net.hosts.file=" + hosts,
                "-jar",
                jar.toString())) {
      assertThat(dialog.say("connect allowed.example " + real.port()))
          .isEqualTo("connected " + real.port());
      assertThat(dialog.say("connect-labelled allowed.example " + other.port()))
          .isEqualTo(
              "java.net.ConnectException: appaware: connect tcp to 127.0.0.9:"
                  + other.port()
                  + " denied by default, no rule matches (p.toml:3)");
      assertThat(real.connections()).isOne();
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void oneChangedByteTakesThePinnedIdAwayAndTheRunSaysSo() throws Exception {
    String hash = Digest.sha256(jar);
    String policy =
        policy(
            DENY
                + "[[app]]\nid = 'steps'\nfile = 'steps-*.jar'\nsha256 = '"
                + hash
                + "'\n[[rule]]\naction = 'allow'\napp = 'steps'\n");
    try (Listener listener = new Listener();
        Dialog dialog = steps("-q", "--policy", policy)) {
      assertThat(dialog.say("connect 127.0.0.1 " + listener.port())).startsWith("connected");
      assertThat(dialog.err()).isEmpty();
    }
    byte[] bytes = Files.readAllBytes(jar);
    bytes[10] ^= 1; // the manifest entry's time stamp: still a working jar
    Files.write(jar, bytes);
    try (Listener listener = new Listener();
        Dialog dialog = steps("-q", "--policy", policy)) {
      assertThat(dialog.say("connect 127.0.0.1 " + listener.port())).contains("denied by default");
      assertThat(dialog.err())
          .contains("steps-1.0.jar", "not one of those pinned for app \"steps\" (p.toml:4)");
      assertThat(listener.connections()).isZero();
    }
  }

  @Test
  void eachEventIsInTheRecordWithItsVerdictAlsoWhenDecidedFromTheCacheOrAtTheVeryEnd()
      throws Exception {
    String policy =
        policy(ALLOW + "[[rule]]\nid = 'no'\naction = 'deny'\nhost = 'denied.example'\n");
    try (Listener listener = new Listener();
        Dialog dialog = steps("-q", "--log", "events.jsonl", "--policy", policy)) {
      for (int i = 0; i < 5; i++) {
        assertThat(dialog.say("connect 127.0.0.1 " + listener.port())).startsWith("connected");
      }
      dialog.say("resolve denied.example");
      dialog.say("on-exit connect_127.0.0.1_" + listener.port());
      assertThat(dialog.end()).isZero();
      assertThat(dialog.hear()).startsWith("connected");

      List<String> record = Files.readAllLines(directory.resolve("events.jsonl"));
      JsonSchemas.RECORD.check(record);
      assertThat(Json.sum(record, "connect", "allow")).isEqualTo(6);
      assertThat(Json.sum(record, "resolve", "deny")).isOne();
      assertThat(record.get(0))
          .contains("\"file\":\"steps-1.0.jar\"", "\"sha256\":\"" + Digest.sha256(jar) + "\"");
      assertThat(listener.connections()).isEqualTo(6);
    }
  }

  @Test
  void anEditedPolicyIsInForceWithinASecondAndABadOneIsNot() throws Exception {
    String policy = policy(ALLOW);
    try (Listener listener = new Listener();
        Dialog dialog = steps("-q", "--policy", policy)) {
      assertThat(dialog.say("connect 127.0.0.1 " + listener.port())).startsWith("connected");
      policy(DENY);
      Await.until(
          () -> dialog.say("connect 127.0.0.1 " + listener.port()).contains("denied by default"));
      policy("version = 1\n[default]\nunknown = 'perhaps'\n");
      Await.until(() -> dialog.err().contains("p.toml:3:"));
      assertThat(dialog.say("connect 127.0.0.1 " + listener.port())).contains("denied by default");
    }
  }

  @Test
  void observeModeLetsUnknownEventsPassAndSaysSo() throws Exception {
    try (Listener listener = new Listener();
        Dialog dialog = steps("--mode", "observe")) {
      assertThat(dialog.say("connect 127.0.0.1 " + listener.port())).startsWith("connected");
      assertThat(dialog.end()).isZero();
      assertThat(dialog.err())
          .startsWith(
              """
              appaware: observe mode: events that no rule denies are allowed and recorded
              appaware: 1 allowed, 0 denied
                        allowed: connect tcp to 127.0.0.1:%d, from steps-1.0.jar (io.github.appaware.target.Steps), in observe mode
              appaware: hosts:
                          127.0.0.1: 1 allowed
              appaware: libraries:
                          steps-1.0.jar: 1 allowed
              appaware: warning: 1 event reached a process outside of this run,\
              """
                  .formatted(listener.port()));
    }
  }

  @Test
  void auditModeLetsPassWhatThePolicyDeniesAndTellsItOnTheScreenInAFileAndByTheStatus()
      throws Exception {
    Path file = directory.resolve("summary.json");
    try (Listener listener = new Listener();
        Dialog dialog =
            steps(
                "--mode=audit",
                "--policy=deny.toml",
                "--fail-on-denied",
                "--summary=summary.json",
                "--log=events.jsonl")) {
      assertThat(dialog.say("connect 127.0.0.1 " + listener.port())).startsWith("connected");
      assertThat(dialog.end()).isEqualTo(120);
      assertThat(dialog.err())
          .startsWith(
              """
              appaware: audit mode: everything is allowed, and recorded with what the policy says
              appaware: 1 allowed, 0 denied; the policy would not allow 1
                        would be denied: connect tcp to 127.0.0.1:%d, from steps-1.0.jar (io.github.appaware.target.Steps), by deny.toml:3
              appaware: hosts:
                          127.0.0.1: 1 allowed (the policy would not allow 1)
              appaware: libraries:
                          steps-1.0.jar: 1 allowed (the policy would not allow 1)
              """
                  .formatted(listener.port()));
      assertThat(Files.readString(directory.resolve("events.jsonl")))
          .contains("\"verdict\":\"allow\",\"reason\":{\"kind\":\"would-deny\"");
    }
    assertThat(JsonSchemas.SUMMARY.problems(Files.readString(file))).isEmpty();
    assertThat(Files.readString(file))
        .contains("\"would\":1,", "\"would be denied\"")
        .contains(
            "\"hosts\":[{\"name\":\"127.0.0.1\",\"allowed\":1,\"denied\":0,\"would\":1}],"
                + "\"libraries\":[{\"name\":\"steps-1.0.jar\",\"allowed\":1,\"denied\":0,\"would\":1}]");
  }

  @Test
  void aNativeProgramRunsAndAJvmThatItStartsIsConfined() throws Exception {
    try (Listener listener = new Listener()) {
      Result result =
          tool.run(
              "run",
              "--policy",
              "deny.toml",
              "--",
              "/bin/sh",
              "-c",
              "echo shell; exec \"$@\" </dev/null",
              "sh",
              Jdk.running().java(),
              "-jar",
              jar.toString(),
              "connect 127.0.0.1 " + listener.port());

      assertThat(result.out()).startsWith("shell\njava.net.ConnectException: appaware: connect");
      assertThat(result.status()).isZero();
      assertThat(listener.connections()).isZero();
    }
  }
}
