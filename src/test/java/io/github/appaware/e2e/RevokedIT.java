package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.RemoteServer;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A revoked certificate is told of in one message, which says so, wherever it is noticed. */
@Timeout(240)
@ExtendWith(ToolExtension.class)
class RevokedIT {
  @TempDir Path directory;
  private Tool tool;
  private RemoteServer server;

  @JarOf(value = Steps.class, name = "steps.jar")
  private Path jar;

  @BeforeEach
  void serve() throws Exception {
    RemoteServer.init(tool, "home");
    Files.writeString(
        directory.resolve("server.toml"), "version = 1\n[default]\nunknown = 'allow'\n");
    server = new RemoteServer(tool, "home", "--policy", "server.toml");
  }

  @AfterEach
  void end() throws Exception {
    server.close();
  }

  private void revoke(String name) throws Exception {
    Result revoked = tool.run("server", "revoke", "--home", "home", name);
    assertThat(revoked.status()).as(revoked.err()).isZero();
  }

  private Dialog run() throws Exception {
    String java = Jdk.running().java();
    return tool.talk(
        "run",
        "--server",
        server.address(),
        "--offline-grace",
        "10m",
        "--",
        java,
        "-jar",
        jar + "");
  }

  @Test
  void aRunThatIsUnderWayIsDeniedEverythingAndSaysWhyOnce() throws Exception {
    server.enrol("agent", "host-1");
    try (Listener listener = new Listener();
        Dialog dialog = run()) {
      String connect = "connect 127.0.0.1 " + listener.port();
      assertThat(dialog.say(connect)).startsWith("connected");
      revoke("host-1");
      String denied =
          "java.net.ConnectException: appaware: connect tcp to 127.0.0.1:"
              + listener.port()
              + " denied because the decision server refuses this process";
      Await.until(() -> dialog.say(connect).equals(denied));
      server.awaitLine("the certificate of `host-1` was revoked"); // of the connection
      server.awaitLine("the certificate of `host-1` was revoked"); // of the next one
      assertThat(dialog.say(connect)).isEqualTo(denied);
      assertThat(dialog.end()).isZero();
      List<String> told = dialog.err().lines().filter(line -> line.contains("tls://")).toList();
      assertThat(told)
          .containsExactly(
              "appaware: "
                  + server.address()
                  + " refuses this process: the certificate of `host-1` was revoked: every event is"
                  + " denied until it accepts this process again");
      assertThat(dialog.err()).doesNotContain("away", "unreachable");
    }
  }

  @Test
  void aRunThatWouldBeginSaysSoInOneMessage() throws Exception {
    server.enrol("agent", "host-1");
    revoke("host-1");
    try (Dialog dialog = run()) {
      assertThat(dialog.await()).isEqualTo(125);
      assertThat(dialog.err().lines())
          .containsExactly(
              "appaware: the decision server does not take the run: "
                  + server.address()
                  + " refuses the certificate of `host-1`: it was revoked or replaced, or is another"
                  + " server's");
    }
  }

  @Test
  void aConsoleEndsWithThatMessage() throws Exception {
    server.enrol("operator", "olga");
    try (Dialog console = tool.talk("console", "--server", server.address(), "--json")) {
      Await.until(
          () -> tool.run("server", "status", "--home", "home").out().contains("1 consoles"));
      revoke("olga");
      assertThat(console.await()).isEqualTo(125);
      assertThat(console.err().lines())
          .containsExactly(
              "appaware: "
                  + server.address()
                  + " refuses this process: the certificate of `olga` was revoked",
              "  help: enroll it again: see `appaware enroll --help`");
    }
    Result again = tool.run("console", "--server", server.address(), "--json");
    assertThat(again.status()).isEqualTo(125);
    assertThat(again.err().lines())
        .containsExactly(
            "appaware: "
                + server.address()
                + " refuses the certificate of `olga`: it was revoked or replaced, or is another"
                + " server's",
            "  help: enroll it again: see `appaware enroll --help`");
  }
}
