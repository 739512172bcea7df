package io.github.appaware.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.cli.ServerMain;
import io.github.appaware.e2e.Tool;
import io.github.appaware.server.Mode;
import io.github.appaware.server.OutOfSight;
import io.github.appaware.server.ServerOptions;
import io.github.appaware.trust.Authority;
import io.github.appaware.trust.ClientFiles;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.Enrolment;
import io.github.appaware.trust.Lifetimes;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.Token;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Decisions a second of one server, uncached, beside a bare echo over the same transport: one
 * machine, the same JVM options, in turns.
 */
class LoadBench {
  private static final Load.Duration TIME =
      new Load.Duration(TimeUnit.SECONDS.toNanos(Integer.getInteger("load.seconds", 6)));

  private static final List<String> SERVER_JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-Xmx512m",
          "-Xss256k");

  @TempDir Path directory;

  private final List<Process> processes = new ArrayList<>();
  private Path policy;

  @BeforeEach
  void policy() throws IOException {
    StringBuilder text = new StringBuilder("version = 1\n");
    for (int i = 0; i < 10; i++) {
      text.append("[[rule]]\nid = 'rule-").append(i).append("'\naction = 'allow'\nhost = '*.");
      text.append(i == 0 ? "example.com" : "e" + i + ".example").append("'\n");
    }
    policy = Files.writeString(directory.resolve("p.toml"), text);
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void aServerUnderLoad() throws Exception {
    System.out.printf(
        "%-7s %6s %12s %9s %9s %12s %9s %9s %7s%n",
        "over", "agents", "echo/s", "p50 us", "p99 us", "server/s", "p50 us", "p99 us", "share");
    for (int agents : List.of(1, 100, 1_000)) {
      compare("unix", agents, unixEcho(), unixServer());
    }
    Path home = home();
    for (int agents : List.of(1, 100, 1_000)) {
      compare("tls", agents, tlsEcho(home), tlsServer(home));
    }
  }

  private void compare(
      String over, int agents, Callable<FrameChannel> echo, Callable<FrameChannel> server)
      throws Exception {
    Load bare = measure(agents, echo);
    Load ours = measure(agents, server);
    Load bareAgain = measure(agents, echo);
    Load oursAgain = measure(agents, server);
    Load e = bare.perSecond() > bareAgain.perSecond() ? bare : bareAgain;
    Load s = ours.perSecond() > oursAgain.perSecond() ? ours : oursAgain;
    System.out.printf(
        "%-7s %6d %12.0f %9.1f %9.1f %12.0f %9.1f %9.1f %6.0f%%%n",
        over,
        agents,
        e.perSecond(),
        e.p50() / 1e3,
        e.p99() / 1e3,
        s.perSecond(),
        s.p50() / 1e3,
        s.p99() / 1e3,
        100 * s.perSecond() / e.perSecond());
    processes.forEach(Process::destroyForcibly);
    processes.clear();
    assertThat(s.perSecond()).isPositive();
  }

  private static Load measure(int agents, Callable<FrameChannel> dial) throws Exception {
    List<FrameChannel> channels = Load.open(agents, dial);
    try {
      return Load.run(channels, TIME);
    } finally {
      for (FrameChannel channel : channels) {
        channel.close();
      }
    }
  }

  private Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(SERVER_JVM);
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    processes.add(process);
    return process;
  }

  private static String line(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  private static FrameChannel unix(Path socket) throws IOException {
    return new FrameChannel(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  private Callable<FrameChannel> unixEcho() throws IOException {
    Path socket = Files.createTempDirectory("echo").resolve("s");
    Process process =
        start(
            List.of(
                "-cp",
                System.getProperty("java.class.path"),
                LoadServers.class.getName(),
                "unix",
                socket.toString()));
    assertThat(line(process)).isEqualTo("0");
    return () -> unix(socket);
  }

  /** As a run starts it, but with the compiler of a server that stays. */
  private Callable<FrameChannel> unixServer() throws Exception {
    Path own = Files.createTempDirectory("load");
    ServerOptions options =
        new ServerOptions(
            own, "key", Mode.ENFORCE, OutOfSight.ALLOW, null, List.of(policy), null, null);
    Process process = start(List.of("-cp", Tool.JAR.toString(), ServerMain.class.getName()));
    process.getOutputStream().write(options.write().getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    assertThat(line(process)).isEqualTo("ready");
    FrameChannel launcher = unix(options.socket());
    launcher.write(
        new Message.Register(Message.VERSION, "key", "token", LoadServers.application("me")));
    Thread answering = new Thread(() -> measureAll(launcher));
    answering.setDaemon(true);
    answering.start();
    return () -> {
      FrameChannel agent = unix(options.socket());
      agent.write(new Message.Hello(Message.VERSION, "token", 1));
      assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
      return agent;
    };
  }

  private static void measureAll(FrameChannel launcher) {
    try {
      for (Message message = launcher.read(); message != null; message = launcher.read()) {
        if (message instanceof Message.Measure measure) {
          launcher.write(new Message.Measured(measure.id(), LoadServers.application("me")));
        }
      }
    } catch (IOException e) {
      // The end.
    }
  }

  private Path home() throws Exception {
    Path home = directory.resolve("home");
    ServerHome unused =
        ServerHome.init(home, List.of("localhost"), Lifetimes.DEFAULT, Clock.systemUTC());
    return home;
  }

  private ClientTrust enrol(Path home, int port) throws Exception {
    ServerAddress server = ServerAddress.parse("tls://localhost:" + port);
    ClientFiles files = new ClientFiles(Files.createTempDirectory("client"));
    Token token =
        new Authority(ServerHome.open(home), Clock.systemUTC())
            .token(Role.AGENT, "", Duration.ofMinutes(5));
    var unused =
        new Enrolment(files, Clock.systemUTC(), Duration.ofSeconds(20))
            .enrol(server, token, "agent-" + port, "host");
    return ClientTrust.open(files, server, List.of(Role.AGENT), Clock.systemUTC());
  }

  private Callable<FrameChannel> tlsServer(Path home) throws Exception {
    int port = free();
    Process process =
        start(
            List.of(
                "-jar",
                Tool.JAR.toString(),
                "server",
                "--home",
                home.toString(),
                "--listen",
                "tls://localhost:" + port,
                "--policy",
                policy.toString(),
                "--mode",
                "enforce"));
    assertThat(line(process)).isEqualTo("appaware: serving at tls://localhost:" + port);
    ClientTrust trust = enrol(home, port);
    return () -> {
      FrameChannel agent = new FrameChannel(trust.connect(Duration.ofSeconds(20)));
      agent.write(new Message.Join(Message.VERSION, "run", LoadServers.application("me"), false));
      assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
      return agent;
    };
  }

  /** Its clients show a certificate too. */
  private Callable<FrameChannel> tlsEcho(Path home) throws Exception {
    int port = free();
    Process enrolling =
        start(
            List.of(
                "-jar",
                Tool.JAR.toString(),
                "server",
                "--home",
                home.toString(),
                "--listen",
                "tls://localhost:" + port));
    assertThat(line(enrolling)).isEqualTo("appaware: serving at tls://localhost:" + port);
    ClientTrust trust = enrol(home, port);
    enrolling.destroyForcibly().waitFor();
    Process process =
        start(
            List.of(
                "-cp",
                System.getProperty("java.class.path"),
                LoadServers.class.getName(),
                "tls",
                home.toString(),
                String.valueOf(port)));
    assertThat(line(process)).isEqualTo(String.valueOf(port));
    return () -> new FrameChannel(trust.connect(Duration.ofSeconds(20)));
  }

  private static int free() throws IOException {
    try (java.net.ServerSocket any = new java.net.ServerSocket(0)) {
      return any.getLocalPort();
    }
  }
}
