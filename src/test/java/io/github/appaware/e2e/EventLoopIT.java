package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.EventLoop;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.blockhound.BlockHound;

/** Beside BlockHound: that the agent waits for verdicts is no blocking call of the program. */
@ExtendWith(ToolExtension.class)
class EventLoopIT {
  private static final String FOUND = "sleep: Blocking call! java.lang.Thread.sleep";

  @TempDir Path directory;
  private Tool tool;
  private Path program;

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(Jdk.running().feature() == 17, "BlockHound 1.0.11 fails on later JDKs");
    program = Programs.jar(directory.resolve("loop.jar"), EventLoop.class);
  }

  private List<String> command(int port) throws Exception {
    Path blockHound =
        Path.of(BlockHound.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return List.of(
        Jdk.running().java(),
        "-XX:+AllowRedefinitionToAddDeleteMethods",
        "-Djdk.attach.allowAttachSelf=true",
        "-cp",
        program + ":" + blockHound,
        EventLoop.class.getName(),
        "" + port,
        directory.resolve("u").toString());
  }

  private List<String> run(String policy, List<String> command) throws Exception {
    Files.writeString(directory.resolve("p.toml"), policy);
    List<String> all = new ArrayList<>(List.of("run", "-p", "p.toml", "--prompt", "console", "--"));
    all.addAll(command);
    Tool.Result result = tool.run(all.toArray(String[]::new));
    assertThat(result.status()).as(result.err()).isZero();
    return result.out().lines().toList();
  }

  @Test
  void noVerdictIsABlockingCall() throws Exception {
    try (Listener listener = new Listener();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(directory.resolve("u")));
      List<String> command = command(listener.port());
      List<String> plain = Tool.run(new ProcessBuilder(command), "").out().lines().toList();
      assertThat(plain).hasSize(9).endsWith(FOUND).contains("connect: begun", "unix: true");

      assertThat(run("version = 1\n[default]\nunknown = 'allow'\n", command)).isEqualTo(plain);
      assertThat(run("version = 1\n[default]\nunknown = 'deny'\n", command))
          .containsExactly(
              "connect: ConnectException",
              "connect: ConnectException",
              "connect: ConnectException",
              "resolve: UnknownHostException",
              "listen: BindException",
              "send: SocketException",
              "unix: ConnectException",
              "thread: ConnectException",
              FOUND);
    }
  }

  /** A person is asked, and takes long. */
  @Test
  void noAnswerIsABlockingCall() throws Exception {
    try (Listener listener = new Listener()) {
      String policy =
          """
          version = 1
          [default]
          unknown = "allow"
          ask-timeout = "2s"
          [[rule]]
          action = "ask"
          event = "connect"
          protocol = "tcp"
          """;
      assertThat(run(policy, command(listener.port())))
          .startsWith("connect: ConnectException")
          .endsWith(FOUND)
          .noneMatch(line -> line.contains("Blocking") && !line.equals(FOUND));
      assertThat(listener.connections()).isZero();
    }
  }
}
