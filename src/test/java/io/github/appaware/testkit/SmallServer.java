package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.tls.TlsClient;
import io.github.appaware.trust.Authority;
import io.github.appaware.trust.ClientFiles;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.Enrolment;
import io.github.appaware.trust.Lifetimes;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.Token;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.ServerAddress;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code appaware server} of the built tool, in a process with little memory that ends if that is
 * too little, and clients of any kind.
 */
public final class SmallServer implements Closeable {
  public static final Duration WITHIN = Duration.ofSeconds(20);

  /** The size of its heap: a twentieth of what the launcher script sets. */
  public static final int HEAP_MEBIBYTES = 48;

  /** Applications that the rule does not match are denied, whatever they claim. */
  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = "deny"
      [[rule]]
      id = "yes"
      action = "allow"
      host = "yes.example"
      machine = "good"
      [[rule]]
      id = "ask"
      action = "ask"
      host = "ask.example"
      machine = "greedy"
      """;

  private static final Clock NOW = Clock.systemUTC();

  /** When those enrolled whose certificates have expired. */
  private static final Clock ONCE = Clock.offset(NOW, Duration.ofDays(-2));

  private static final Lifetimes LIVES = new Lifetimes(Duration.ofDays(1), Duration.ofDays(365));

  private final Path directory;
  private final ServerHome home;
  private final int port = Ports.free();
  private final int metrics = Ports.free();
  private final ServerProcess process;
  private int files;

  /** Starts it with these options besides, in a directory of its own. */
  public SmallServer(Path directory, String... options) throws Exception {
    this.directory = directory;
    home = ServerHome.init(directory.resolve("home"), List.of("127.0.0.1"), LIVES, ONCE);
    Files.writeString(directory.resolve("p.toml"), POLICY);
    List<String> arguments = new ArrayList<>(List.of("server", "--home", "home"));
    arguments.addAll(List.of("--listen", address().toString(), "--policy", "p.toml"));
    arguments.addAll(List.of("--metrics", "127.0.0.1:" + metrics));
    arguments.addAll(List.of(options));
    process =
        ServerProcess.start(
            directory, HEAP_MEBIBYTES, "io.github.appaware.cli.Main", metrics, arguments);
    process.awaitLine("appaware: serving at " + address());
  }

  public ServerProcess process() {
    return process;
  }

  ServerAddress address() {
    return ServerAddress.parse("tls://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  public Authority authority() {
    return new Authority(home, NOW);
  }

  /** The authority, two days ago. */
  public Authority authorityOnce() {
    return new Authority(home, ONCE);
  }

  public Token token(Role role, String name) throws Exception {
    return authority().token(role, name, Duration.ofHours(1));
  }

  /** A directory for the keys of one more client. */
  ClientFiles files() {
    return new ClientFiles(directory.resolve("client-" + ++files));
  }

  /** Enrols here. */
  public Enrolment.Result enrol(Token token, String name) throws Exception {
    return new Enrolment(files(), NOW, WITHIN).enrol(address(), token, name, "some-host");
  }

  public TlsClient enrolled(Role role, String name) throws Exception {
    return TlsClient.open(enrol(token(role, name), "").file(), address(), NOW);
  }

  /** As a user has it. */
  ClientTrust trusted(Role role, String name) throws Exception {
    ClientFiles mine = files();
    Enrolment.Result unused =
        new Enrolment(mine, NOW, WITHIN).enrol(address(), token(role, name), "", "some-host");
    return ClientTrust.open(mine, address(), List.of(role), NOW);
  }

  /** A client whose certificate was good until yesterday. */
  public TlsClient expired(Role role, String name) throws Exception {
    try (EnrolmentServerFixture then =
        new EnrolmentServerFixture(directory.resolve("home"), ONCE)) {
      Token token = authorityOnce().token(role, name, Duration.ofHours(1));
      Enrolment.Result result =
          new Enrolment(files(), ONCE, WITHIN).enrol(then.address("127.0.0.1"), token, "", "h");
      return TlsClient.open(result.file(), address(), NOW);
    }
  }

  /** A client with a certificate of another server's authority, under a name that is known here. */
  public TlsClient foreign(Role role, String name) throws Exception {
    Path elsewhere = directory.resolve("elsewhere");
    ServerHome other = ServerHome.init(elsewhere, List.of("127.0.0.1"), LIVES, NOW);
    try (EnrolmentServerFixture theirs = new EnrolmentServerFixture(elsewhere, NOW)) {
      Token token = new Authority(other, NOW).token(role, name, Duration.ofHours(1));
      Enrolment.Result foreign =
          new Enrolment(files(), NOW, WITHIN).enrol(theirs.address("127.0.0.1"), token, "", "h");
      String text = Files.readString(foreign.file());
      String ours = Files.readString(directory.resolve("home/ca.pem"));
      // The foreign key and certificate, with trust in this server.
      Files.writeString(foreign.file(), text.substring(0, text.lastIndexOf("-----BEGIN")) + ours);
      return TlsClient.open(foreign.file(), address(), NOW);
    }
  }

  /** A client without any. */
  public TlsClient anonymous() throws Exception {
    return TlsClient.anonymous(address(), token(Role.AGENT, "").fingerprint(), NOW);
  }

  public FrameChannel connect(TlsClient client) throws IOException {
    return new FrameChannel(client.connect(WITHIN));
  }

  public List<String> recorded(String file) throws IOException {
    return Files.readAllLines(directory.resolve(file));
  }

  /**
   * The server's output since it serves, without the clients that come and go, which it tells of
   * once a second; each refusal is one line.
   */
  public List<String> told() throws IOException {
    String text = process.err();
    assertThat(text).startsWith("appaware: serving at " + address() + "\n");
    return text.substring(text.indexOf('\n') + 1)
        .replace("\n          help: ", " | ")
        .lines()
        .filter(line -> !line.startsWith("appaware: connected: "))
        .filter(line -> !line.startsWith("appaware: left: "))
        .toList();
  }

  /** Waits until there are this many. */
  public List<String> told(int count) throws Exception {
    Await.until(() -> told().size() >= count);
    return told();
  }

  @Override
  public void close() {
    process.close();
  }
}
