package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.record.FileSink;
import io.github.appaware.server.FileStore;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.server.ServerState;
import io.github.appaware.server.resident.ResidentServer;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.trust.Authority;
import io.github.appaware.trust.ClientFiles;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.Enrolment;
import io.github.appaware.trust.Lifetimes;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.ServerTrust;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.ServerAddress;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A resident server on the loopback address, and clients of it that a test plays. */
public final class ResidentServerFixture implements Closeable {
  public static final Duration WITHIN = Duration.ofSeconds(20);

  /** Allows {@code yes.example}, asks about {@code ask.example}, denies the rest. */
  private static final String[] RULES = {
    "[default]",
    "unknown = 'deny'",
    "[[rule]]",
    "id = 'yes'",
    "action = 'allow'",
    "host = 'yes.example'",
    "[[rule]]",
    "id = 'ask'",
    "action = 'ask'",
    "host = 'ask.example'"
  };

  private final Path directory;
  private final Clock ofCertificates;
  private final ServerHome home;
  private final ResidentServer server;
  private final Thread serving;
  private final int port;
  private final List<FrameChannel> open = new ArrayList<>();
  public final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  public ResidentServerFixture(Path directory) throws Exception {
    this(directory, Clock.systemUTC());
  }

  /** The same, whose policy and questions go by this clock; certificates do not. */
  public ResidentServerFixture(Path directory, Clock clock) throws Exception {
    this(directory, clock, Clock.systemUTC());
  }

  /** The same, with a clock for certificates, too. */
  public ResidentServerFixture(Path directory, Clock clock, Clock ofCertificates) throws Exception {
    this.directory = directory;
    this.ofCertificates = ofCertificates;
    Path policy = Files.writeString(directory.resolve("p.toml"), Samples.text(RULES));
    home =
        ServerHome.init(
            directory.resolve("home"),
            List.of("localhost", "127.0.0.1"),
            Lifetimes.DEFAULT,
            ofCertificates);
    server =
        ResidentServer.open(
            new ResidentServer.Options(
                Mode.ASK, BlindMode.ALLOW, () -> FileSink.open(log()), 500, ServerMeters.NONE),
            new FileStore(List.of(policy), null),
            ServerTrust.open(directory.resolve("home"), ofCertificates),
            "server",
            clock,
            this::tell);
    port = server.listen("127.0.0.1", 0);
    serving = new Thread(server::serve, "serving");
    serving.start();
  }

  /** Who is connected is told every second, between whatever else there is. */
  private void tell(String line) {
    if (!line.startsWith("connected: ") && !line.startsWith("left: ")) {
      told.add(line);
    }
  }

  private Path log() {
    return directory.resolve("log");
  }

  public List<String> recorded() throws IOException {
    return Files.readAllLines(log());
  }

  public ServerState state() {
    return server.state();
  }

  public int port() {
    return port;
  }

  public Authority authority() {
    return new Authority(home, ofCertificates);
  }

  public ServerAddress address() {
    return ServerAddress.parse("tls://127.0.0.1:" + port);
  }

  /** A new client with a certificate for this. */
  public ClientTrust enrolled(Role role, String name) throws Exception {
    ClientFiles files = new ClientFiles(directory.resolve("clients").resolve(name));
    var unused =
        new Enrolment(files, ofCertificates, WITHIN)
            .enrol(address(), authority().token(role, name, Duration.ofHours(1)), "", "some-host");
    return ClientTrust.open(files, address(), List.of(role), ofCertificates);
  }

  public TlsChannel tls(ClientTrust trust) throws IOException {
    return Enrolled.connect(trust, ofCertificates);
  }

  public FrameChannel connect(ClientTrust trust) throws Exception {
    FrameChannel channel = new FrameChannel(tls(trust));
    open.add(channel);
    return channel;
  }

  public FrameChannel agent(ClientTrust trust, String run) throws Exception {
    FrameChannel agent = connect(trust);
    agent.write(new Message.Join(Message.VERSION, run, Samples.APP, false));
    assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
    return agent;
  }

  public FrameChannel console(ClientTrust trust) throws Exception {
    FrameChannel console = connect(trust);
    console.write(new QuestionMessage.Watch(Message.VERSION, "", "who I say I am"));
    assertThat(console.read()).isInstanceOf(Message.Welcome.class);
    return console;
  }

  /** The next message of a type, whatever comes before. */
  public static <T extends Message> T next(FrameChannel from, Class<T> type) throws IOException {
    for (Message message = from.read(); message != null; message = from.read()) {
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
    throw new AssertionError("the end came before " + type);
  }

  /** Waits for the end of a connection; nothing but notices may come before. */
  public static void hearEnd(FrameChannel from) {
    try {
      Message message = from.read();
      assertThat(message).isNull();
    } catch (IOException cut) {
      // As much of an end.
    }
  }

  public String told() throws InterruptedException {
    return told.poll(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    for (FrameChannel each : open) {
      each.close();
    }
    server.close();
    try {
      serving.join(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(serving.isAlive()).isFalse();
  }
}
