package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.HostileServer;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import io.github.appaware.wire.ServerAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server says but a verdict on what was asked, it opens nothing, and ends nothing. */
@ExtendWith(ToolExtension.class)
class HostileServerIT {
  /** Three seconds, unless the profile {@code fuzz} says more. */
  private static final long NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", 3));

  private final long seed = Long.getLong("fuzz.seed", new Random().nextLong());

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  @Test
  void anAgentThatSpeaksToItDirectlyIsNotOpened() throws Exception {
    try (HostileServer server = new HostileServer(directory, seed)) {
      String options = "=server=" + server.address() + ";certificate=" + server.certificate;
      ProcessBuilder builder = tool.builder();
      builder.command(
          List.of(
              Jdk.running().java(),
              "-Xmx32m",
              "-javaagent:" + Tool.AGENT + options,
              "-jar",
              jar.toString()));
      assertOpensNothing(server, new Dialog(builder));
    }
  }

  @Test
  void aRunUnderItIsNotOpened() throws Exception {
    try (HostileServer server = new HostileServer(directory, seed)) {
      Path keys =
          directory
              .resolve("config/appaware/servers")
              .resolve(ServerAddress.parse(server.address()).directory());
      Path made = Files.createDirectories(keys.getParent());
      assertThat(made.toFile().setWritable(false, false)).isTrue();
      assertThat(made.toFile().setWritable(true, true)).isTrue();
      Files.move(server.certificate.getParent(), keys);
      assertOpensNothing(
          server,
          tool.talk(
              "run",
              "--server",
              server.address(),
              "--",
              Jdk.running().java(),
              "-jar",
              jar.toString()));
    }
  }

  private void assertOpensNothing(HostileServer server, Dialog dialog) throws Exception {
    try (dialog;
        Listener peer = new Listener()) {
      String step = "connect 127.0.0.1 " + peer.port();
      String denied =
          "java.net.ConnectException: appaware: connect tcp to 127.0.0.1:"
              + peer.port()
              + " denied";
      int tries = 0;
      long end = System.nanoTime() + NANOS;
      // What a person is said to be asked may wait over several connections.
      for (; System.nanoTime() - end < 0 || server.connections() < 3; tries++) {
        assertThat(dialog.say(step)).as("seed %d: %s", seed, dialog.err()).startsWith(denied);
      }
      assertThat(peer.connections()).as("seed %d", seed).isZero();
      System.out.println(
          "fuzz: hostile server: "
              + server.frames()
              + " frames on "
              + server.connections()
              + " connections, "
              + tries
              + " denials, seed "
              + seed);

      server.behave();
      Await.until(() -> dialog.say(step).equals("connected " + peer.port()));
      assertThat(peer.connections()).isEqualTo(1);
      assertThat(dialog.err()).doesNotContain("Exception");
      assertThat(dialog.end()).isZero();
    }
  }
}
