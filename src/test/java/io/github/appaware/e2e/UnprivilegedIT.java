package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.TestOnNewestJdk;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A launcher of an ordinary user, when the tests are run by root. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class UnprivilegedIT {
  private static final String USER = "nobody";

  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Path BASH = Path.of("/bin/bash");
  private static final Path SLEEP = Path.of("/bin/sleep");
  private static final String CONNECT = "exec 3<>/dev/tcp/127.0.0.1/$PORT; read x <&3";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  @BeforeEach
  void becomeAnotherUser() throws Exception {
    assumeTrue(Files.isExecutable(SETPRIV) && Files.isExecutable(BASH), "no setpriv, or no bash");
    assumeTrue("0".equals(sh("id -u").out().strip()), "only root can become another user");
    assumeTrue(sh("id " + USER).status() == 0, "there is no user " + USER);
    tool.with("XDG_CACHE_HOME", directory.resolve("cache").toString());
    tool.with("HOME", directory.toString());
    tool.at(
        List.of(
            SETPRIV.toString(),
            "--reuid=" + USER,
            "--regid=65534",
            "--clear-groups",
            "--inh-caps=-all",
            "--"));
    give();
    Result reads = Tool.run(tool.command(List.of("test", "-r", Tool.JAR.toString())), "");
    assumeTrue(reads.status() == 0, "other users can't read " + Tool.JAR);
  }

  /** Whatever is in the directory by now belongs to that user. */
  private void give() throws Exception {
    Result result = sh("chown -R " + USER + " '" + directory + "'");
    assertThat(result.status()).as(result.err()).isZero();
  }

  private static Result sh(String script) throws Exception {
    return Tool.run(new ProcessBuilder("/bin/sh", "-c", script), "");
  }

  private List<String> words(String options, String script, Jdk jdk) {
    List<String> words = new ArrayList<>(List.of("run", "--log", "log"));
    words.addAll(List.of(options.split(" ", -1)));
    words.addAll(List.of("--", "/bin/sh", "-c", script, "sh", jdk.java(), jar.toString(), CONNECT));
    return words;
  }

  private Result run(String options, String script) throws Exception {
    return tool.run(words(options, script, Jdk.running()).toArray(String[]::new));
  }

  private List<String> record() throws IOException {
    return Files.readAllLines(directory.resolve("log"));
  }

  @TestOnNewestJdk
  void eventsAreJudgedAndTheUserIsNamed(Jdk jdk) throws Exception {
    try (Listener listener = new Listener()) {
      Result result =
          tool.run(
              "run",
              "--blind",
              "deny",
              "-p",
              "deny.toml",
              "--log",
              "log",
              "--",
              jdk.java(),
              "-jar",
              jar.toString(),
              "connect 127.0.0.1 " + listener.port());

      assertThat(result.out()).as(result.err()).contains("denied by default");
      assertThat(listener.connections()).isZero();
    }
    assertThat(record()).allMatch(line -> line.contains("\"user\":\"" + USER + "\""));
  }

  @TestOnNewestJdk
  void aProgramThatConnectsOnItsOwnIsToldAlsoWhenItDetaches(Jdk jdk) throws Exception {
    String script =
        "(setsid env -i PORT=$PORT /bin/bash -c \"$3\" >/dev/null 2>&1 &); \"$1\" -jar \"$2\"";
    try (ServerSocket peer = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        Dialog dialog =
            tool.with("PORT", "" + peer.getLocalPort())
                .talk(
                    words("-p allow.toml --fail-on-denied", script, jdk).toArray(String[]::new))) {
      assertThat(dialog.say("pid")).as(dialog.err()).matches("\\d+");
      try (Socket connection = peer.accept()) {
        assertThat(connection.isConnected()).isTrue();
        assertThat(dialog.end()).isEqualTo(125);
        assertThat(dialog.err()).contains("`/bin/bash -c ", "): it had a network socket open");
      }
    }
    assertThat(Json.sum(record(), "blind", "allow")).isOne();
  }

  /** It stays until it is seen: one that lives for a moment can be missed. */
  @Test
  void aJvmWithoutTheAgentIsTold() throws Exception {
    String script = "env -i \"$1\" -jar \"$2\"; \"$1\" -jar \"$2\" pid";
    try (Dialog dialog =
        tool.talk(words("-p allow.toml", script, Jdk.running()).toArray(String[]::new))) {
      assertThat(dialog.say("pid")).as(dialog.err()).matches("\\d+");
      Await.until(
          () ->
              dialog.err().contains("is a JVM without the agent: nothing that it does is judged"));
      assertThat(dialog.end()).isEqualTo(125);
    }
  }

  /** A program that becomes root may not be looked into by the user who started it. */
  @Test
  void aProgramThatCanNotBeLookedIntoIsTold() throws Exception {
    Path slow = directory.resolve("slow");
    Files.copy(SLEEP, slow);
    give();
    assertThat(sh("chown 0:0 '" + slow + "'").status()).isZero();
    Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(sh("chmod u+s '" + slow + "'").status()).isZero();
    String check = "'" + slow + "' 60 & sleep 1; readlink /proc/$!/exe; kill $!";
    Result look = Tool.run(tool.command(List.of("/bin/sh", "-c", check)), "");
    assumeTrue(look.out().isEmpty(), "programs do not become root here");

    String script = "'" + slow + "' 1; \"$1\" -jar \"$2\" pid";
    Result lenient = run("-p allow.toml", script);
    Result strict = run("-p allow.toml --fail-on-denied", script);

    String told = "`" + slow + " 1` (process ";
    assertThat(lenient.status()).as(lenient.err()).isZero();
    assertThat(lenient.err()).contains(told, "): its sockets can't be seen");
    assertThat(strict.status()).as(strict.err()).isEqualTo(125);
    assertThat(strict.err()).contains(told, "the run has failed: `" + slow + " 1`");
    assertThat(record())
        .anyMatch(
            line ->
                line.contains("\"way\":\"process\",\"what\":\"" + slow + " 1\"")
                    && line.contains("\"verdict\":\"allow\""));
  }
}
