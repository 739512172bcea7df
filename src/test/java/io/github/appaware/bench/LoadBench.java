package io.github.appaware.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.agent.LoadAgent;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Event;
import io.github.appaware.event.Mode;
import io.github.appaware.server.local.ServerOptions;
import io.github.appaware.testkit.Enrolled;
import io.github.appaware.testkit.Tool;
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
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Decisions a second of one server, uncached, beside a bare echo over the same transport, and of
 * agents that have the verdict already: one machine, the same JVM options, in turns.
 */
class LoadBench {
  /** One agent a process. */
  private static final AtomicLong PIDS = new AtomicLong();

  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("load.seconds", 6));

  /** How many agents at once, one figure after the other. */
  private static final List<Integer> AGENTS =
      Stream.of(System.getProperty("load.agents", "1,100,1000").split(",", -1))
          .map(Integer::valueOf)
          .toList();

  /** One of each, in turns; one more at first, which is not counted. */
  private static final int TURNS = 3;

  private static final List<String> SERVER_JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-Xmx512m",
          "-Xss256k");

  /** Of a program that comes back to the same ones. */
  private static final int ENDPOINTS = 16;

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
    System.out.printf("%n%d turns of %d s each, medians%n%n", TURNS, TIME.toSeconds());
    System.out.println(
        "| over | agents | bare echo/s | p50, p99 µs | uncached/s | p50, p99 µs | share |"
            + " cached/s | p50, p99 µs |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (int agents : AGENTS) {
      Place server = unixServer();
      compare("local socket", agents, unixEcho(), server);
    }
    Path home = home();
    for (int agents : AGENTS) {
      Place server = tlsServer(home);
      compare("TLS", agents, tlsEcho(home), server);
    }
  }

  /** How to get at a server: with a bare connection, or as agents keep one. */
  private record Place(Callable<Load.Agent> asking, Callable<Load.Agent> caching) {}

  private void compare(String over, int agents, Callable<Load.Agent> echo, Place server)
      throws Exception {
    Figures bare = new Figures();
    Figures ours = new Figures();
    Figures cached = new Figures();
    for (int turn = 0; turn <= TURNS; turn++) {
      boolean counts = turn > 0;
      bare.add(measure(agents, echo), counts);
      ours.add(measure(agents, server.asking()), counts);
      cached.add(measure(agents, server.caching()), counts);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %s | %s | %.0f %% | %s |%n",
        over,
        agents,
        bare,
        ours,
        100 * ours.perSecond.median() / bare.perSecond.median(),
        cached);
    processes.forEach(Process::destroyForcibly);
    processes.clear();
    assertThat(ours.perSecond.median()).isGreaterThan(0.7 * bare.perSecond.median());
  }

  /** Of all turns that count. */
  private static final class Figures {
    private final Series perSecond = new Series();
    private final Series p50 = new Series();
    private final Series p99 = new Series();

    void add(Load load, boolean counts) {
      if (counts) {
        perSecond.add(load.perSecond());
        p50.add(load.p50() / 1e3);
        p99.add(load.p99() / 1e3);
      }
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,.0f | %s, %s",
          perSecond.median(),
          micros(p50.median()),
          micros(p99.median()));
    }

    private static String micros(double micros) {
      return String.format(Locale.ROOT, micros < 10 ? "%.2f" : "%,.0f", micros);
    }
  }

  private static Load measure(int count, Callable<Load.Agent> dial) throws Exception {
    List<Load.Agent> agents = Load.open(count, dial);
    try {
      return Load.run(agents, TIME);
    } finally {
      for (Load.Agent agent : agents) {
        agent.close();
      }
    }
  }

  /** Asks over a connection itself. */
  private record Bare(FrameChannel channel) implements Load.Agent {
    @Override
    public void ask(long id) throws IOException {
      channel.write(LoadServers.ask(id));
      Message answer = channel.read();
      if (!(answer instanceof Message.Decided judged) || !judged.verdict().allowed()) {
        throw new IOException("not a verdict: " + answer);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Asks what an agent keeps. */
  private record Caching(LoadAgent agent, List<Event> events) implements Load.Agent {
    /** Timing each would cost more than it takes. */
    private static final int TIMED = 16;

    Caching(LoadAgent agent) {
      this(agent, LoadServers.events(ENDPOINTS));
    }

    @Override
    public void ask(long id) throws IOException {
      if (!agent.decide(events.get((int) (id % ENDPOINTS)))) {
        throw new IOException("denied");
      }
    }

    @Override
    public int timed() {
      return TIMED + 1; // another endpoint each time
    }

    @Override
    public void close() throws IOException {
      agent.close();
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

  private Callable<Load.Agent> unixEcho() throws IOException {
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
    return () -> new Bare(unix(socket));
  }

  /** As a run starts it, but with the compiler of a server that stays. */
  private Place unixServer() throws Exception {
    Path own = Files.createTempDirectory("load");
    ServerOptions options =
        new ServerOptions(
            own, "key", Mode.ENFORCE, BlindMode.ALLOW, null, List.of(policy), null, null);
    Process process = start(List.of("-Dappaware.server.local=true", "-jar", Tool.JAR.toString()));
    process.getOutputStream().write(options.write().getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    assertThat(line(process)).isEqualTo("ready");
    FrameChannel launcher = unix(options.socket());
    launcher.write(
        new Message.Register(Message.VERSION, "key", "token", LoadServers.application("me")));
    Thread answering = new Thread(() -> measureAll(launcher));
    answering.setDaemon(true);
    answering.start();
    return new Place(
        () -> {
          FrameChannel agent = unix(options.socket());
          agent.write(new Message.Hello(Message.VERSION, "token", PIDS.incrementAndGet()));
          assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
          return new Bare(agent);
        },
        () -> new Caching(LoadAgent.local(options.socket(), "token")));
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

  private Place tlsServer(Path home) throws Exception {
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
    Callable<FrameChannel> joined =
        () -> {
          FrameChannel agent = new FrameChannel(Enrolled.connect(trust, Clock.systemUTC()));
          agent.write(
              new Message.Join(Message.VERSION, "run", LoadServers.application("me"), false));
          assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
          return agent;
        };
    return new Place(
        () -> new Bare(joined.call()),
        () ->
            new Caching(
                LoadAgent.over(
                    () -> new FrameChannel(Enrolled.connect(trust, Clock.systemUTC())),
                    new Message.Join(
                        Message.VERSION, "run", LoadServers.application("me"), false))));
  }

  /** Its clients show a certificate too. */
  private Callable<Load.Agent> tlsEcho(Path home) throws Exception {
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
    return () -> new Bare(new FrameChannel(Enrolled.connect(trust, Clock.systemUTC())));
  }

  private static int free() throws IOException {
    try (java.net.ServerSocket any = new java.net.ServerSocket(0)) {
      return any.getLocalPort();
    }
  }
}
