package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that run beside judged JVMs without being judged themselves. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class BesideIT {
  private static final Path BASH = Path.of("/bin/bash");

  /** Connects, and waits for the end of the connection. The escape sequence is part of its text. */
  private static final String CONNECT = "exec 3<>/dev/tcp/127.0.0.1/$PORT; read x <&3 # \u001b[2J";

  private static final String SUMMARY =
      "appaware: 1 allowed (1 blind), 0 denied\n"
          + "appaware: these programs ran without the agent, so that nothing they did on the"
          + " network was judged:\n"
          + "          `/bin/bash -c exec 3<>/dev/tcp/127.0.0.1/$PORT; read x <&3 #"
          + " \\u001b[2J` (process ";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  @BeforeEach
  void needsBash() {
    assumeTrue(Files.isExecutable(BASH), "no " + BASH + " that connects");
  }

  private List<String> record() throws IOException {
    Path log = directory.resolve("log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private Dialog run(ServerSocket peer, String options, String script, Jdk jdk) throws IOException {
    List<String> words = new ArrayList<>(List.of("run", "-p", "allow.toml", "--log", "log"));
    words.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ", -1)));
    words.addAll(List.of("--", "/bin/sh", "-c", script, "sh", jdk.java(), jar.toString(), CONNECT));
    return new Tool(directory)
        .with("PORT", "" + peer.getLocalPort())
        .talk(words.toArray(String[]::new));
  }

  /** Keeps the connection until it is on record. */
  private void serve(ServerSocket peer, String command) throws Exception {
    try (Socket connection = peer.accept()) {
      assertThat(connection.isConnected()).isTrue();
      Await.until(() -> record().stream().anyMatch(line -> line.contains(command)));
    }
  }

  private static ServerSocket peer() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "--fail-on-denied, 125", "--blind=deny, 125"})
  void aProgramWithAConnectionIsTold(String options, int status) throws Exception {
    String script = "/bin/bash -c \"$3\"; \"$1\" -jar \"$2\" pid";
    try (ServerSocket peer = peer();
        Dialog dialog = run(peer, options, script, Jdk.running())) {
      serve(peer, "/bin/bash -c");

      assertThat(dialog.hear()).matches("\\d+");
      assertThat(dialog.end()).as(dialog.err()).isEqualTo(status);
      assertThat(dialog.err()).contains(SUMMARY).doesNotContain("\u001b");
      assertThat(dialog.err().contains("the run has failed: `/bin/bash -c ")).isEqualTo(status > 0);
    }
    JsonSchemas.RECORD.check(record());
    assertThat(record()).hasSize(1);
    assertThat(Json.text(record().get(0), "what")).isEqualTo("/bin/bash -c " + CONNECT);
    assertThat(Json.text(record().get(0), "verdict")).isEqualTo("allow");
  }

  /** Two at a time, which the shell that started them leaves behind with nothing of the run. */
  @Test
  void programsThatDetachAreToldOnceWithTheirCount() throws Exception {
    String leave = "(setsid env -i PORT=$PORT /bin/bash -c \"$3\" >/dev/null 2>&1 &); ";
    String script = leave + leave + "\"$1\" -jar \"$2\"";
    try (ServerSocket peer = peer();
        Dialog dialog = run(peer, "--fail-on-denied", script, Jdk.running())) {
      assertThat(dialog.say("pid")).matches("\\d+");
      try (Socket first = peer.accept();
          Socket second = peer.accept()) {
        assertThat(first.isConnected() && second.isConnected()).isTrue();
        assertThat(dialog.end()).isEqualTo(125);
        assertThat(dialog.err()).contains("`/bin/bash -c ", ", 2 times): it had a network socket");
      }
    }
    assertThat(record()).allMatch(line -> line.contains("\"what\":\"/bin/bash -c "));
    assertThat(Json.sum(record(), "blind", "allow")).isEqualTo(2);
  }

  /** It has no socket yet, and could open one when no one looks any more. */
  @ParameterizedTest
  @CsvSource({"'', 0", "--fail-on-denied, 125", "--blind=deny, 125"})
  void aProgramThatIsLeftRunningIsTold(String options, int status) throws Exception {
    String script =
        "setsid /bin/sh -c 'echo $$; exec >/dev/null 2>&1 <&-; exec sleep 600' & "
            + "\"$1\" -jar \"$2\"";
    try (ServerSocket peer = peer();
        Dialog dialog = run(peer, options, script, Jdk.running())) {
      long left = Long.parseLong(dialog.hear());
      try {
        assertThat(dialog.say("pid")).matches("\\d+");
        assertThat(dialog.end()).as(dialog.err()).isEqualTo(status);
        assertThat(dialog.err()).contains("`sleep 600` (process " + left, "): it was left running");
        assertThat(dialog.err().contains("the run has failed: `sleep 600`")).isEqualTo(status > 0);
      } finally {
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    JsonSchemas.RECORD.check(record());
    assertThat(record()).singleElement().asString().contains("\"what\":\"sleep 600\"");
  }

  /** It has the agent's variable, and is in the place of a JDK's launcher. */
  @Test
  void aProgramThatLooksLikeAJvmOfTheRunIsTold() throws Exception {
    Path home = directory.resolve("jdk");
    Path lookalike = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.copy(BASH, lookalike);
    Files.createFile(Files.createDirectory(home.resolve("lib")).resolve("modules"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    String script = lookalike + " -c \"$3\"; \"$1\" -jar \"$2\" pid";
    try (ServerSocket peer = peer();
        Dialog dialog = run(peer, "--fail-on-denied", script, Jdk.running())) {
      serve(peer, lookalike + " -c");

      assertThat(dialog.hear()).matches("\\d+");
      assertThat(dialog.end()).as(dialog.err()).isEqualTo(125);
      assertThat(dialog.err()).contains("`" + lookalike + " -c ", "it had a network socket open");
    }
  }

  @TestOnEachJdk
  void aJvmWithoutTheAgentIsOnRecordToo(Jdk jdk) throws Exception {
    String script = "exec 3<&0; env -i \"$1\" -jar \"$2\" <&3 & wait; \"$1\" -jar \"$2\" pid; true";
    try (Listener listener = new Listener();
        ServerSocket peer = peer();
        Dialog dialog = run(peer, "", script, jdk)) {
      assertThat(dialog.say("connect 127.0.0.1 " + listener.port())).startsWith("connected");
      assertThat(listener.connections()).isOne();
      Await.until(() -> dialog.err().contains("is a JVM without the agent"));
      assertThat(dialog.end()).isEqualTo(125);
    }
    assertThat(record())
        .singleElement()
        .asString()
        .contains("\"event\":\"blind\",\"way\":\"process\",\"what\":\"" + jdk.java() + " -jar ");
  }

  /** What every build starts does not make it fail. */
  @Test
  void programsWithoutTheNetworkAreNotTold() throws Exception {
    String script = "uname; ls /; sleep 2; \"$1\" -jar \"$2\" pid; ls";
    try (ServerSocket peer = peer();
        Dialog dialog = run(peer, "-v --fail-on-denied --blind=deny", script, Jdk.running())) {
      assertThat(dialog.end()).isZero();
      assertThat(dialog.err())
          .containsPattern(
              "appaware: no network events\nappaware: programs that were seen to run without the"
                  + " agent: .*\\bsh\\b.*\\bsleep\\b");
    }
    assertThat(record()).isEmpty();
  }

  /** A forked process has all that its parent has open, for a moment. */
  @TestOnEachJdk
  void socketsThatAChildIsAboutToCloseAreNotItsOwn(Jdk jdk) throws Exception {
    Path policy = directory.resolve("allow.toml");
    List<String> words = new ArrayList<>(List.of("run", "-p", policy.toString()));
    words.addAll(List.of("--fail-on-denied", "--", jdk.java(), "-jar", jar.toString()));
    words.addAll(Collections.nCopies(30, "listen 0"));
    words.add("fork 120");
    Result result = tool.run(words.toArray(String[]::new));

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).endsWith("listening\nforked\n");
    assertThat(result.err()).doesNotContain("without the agent");
  }

  @Test
  void aProgramIsKnownForTheNetworkByItsName() throws Exception {
    Path curl = directory.resolve("curl");
    Files.copy(Path.of("/bin/sleep"), curl);
    Result result =
        tool.run(
            "run",
            "-p",
            "allow.toml",
            "--fail-on-denied",
            "--",
            "/bin/sh",
            "-c",
            curl + " 0.5; " + Jdk.running().java() + " -jar " + jar + " pid");

    assertThat(result.status()).as(result.err()).isEqualTo(125);
    assertThat(result.err()).contains("`" + curl + " 0.5` (process ", "): it is a network program");
  }
}
