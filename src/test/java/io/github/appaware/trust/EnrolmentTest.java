package io.github.appaware.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.appaware.link.Servers;
import io.github.appaware.link.Sockets;
import io.github.appaware.link.Timing;
import io.github.appaware.link.TlsServer;
import io.github.appaware.link.TlsServers;
import io.github.appaware.testkit.EnrolmentServerFixture;
import io.github.appaware.testkit.FakeClock;
import io.github.appaware.tls.SecretFile;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From token to connection, over real sockets. */
@Timeout(300)
class EnrolmentTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  @TempDir Path dir;
  private final FakeClock clock = new FakeClock();
  private ServerHome home;
  private Authority authority;
  private EnrolmentServerFixture server;
  private ServerAddress address;
  private final List<String> told = new ArrayList<>();
  private ClientFiles files;
  private long nanos;

  @BeforeEach
  void serve() throws Exception {
    home =
        ServerHome.init(
            dir.resolve("home"), List.of("localhost", "127.0.0.1"), Lifetimes.DEFAULT, clock);
    authority = new Authority(home, clock);
    server = new EnrolmentServerFixture(dir.resolve("home"), clock);
    address = server.address("localhost");
    files = new ClientFiles(dir.resolve("config"));
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  private Token token(String name) throws Exception {
    return authority.token(Role.AGENT, name, Duration.ofHours(1));
  }

  private Enrolment.Result enrol(Token token, String name) throws Exception {
    return new Enrolment(files, clock, WITHIN).enrol(address, token, name, "Host-1");
  }

  private TrustException refusal(Token token, String name) {
    return catchThrowableOfType(TrustException.class, () -> enrol(token, name));
  }

  private Servers client() throws Exception {
    ClientTrust trust = ClientTrust.open(files, address, List.of(Role.AGENT), clock);
    return new TlsServers(
        List.of(new TlsServer(trust.server(), trust.file(), clock, told::add)), new Sockets());
  }

  /** What the server says to who comes with the certificate in the files. */
  private Message greeting(Servers client) throws Exception {
    try (FrameChannel channel = client.connect(0)) {
      return channel.read();
    }
  }

  /** The server ends the connection, with an alert where that comes in time, and says nothing. */
  private void assertNotWelcome(Servers client) throws Exception {
    FrameChannel channel = client.connect(0);
    Message said = null;
    try (channel) {
      said = channel.read();
    } catch (IOException refusal) {
      assertThat(client.explain(0, refusal)).startsWith(address + " ");
    }
    assertThat(said).isNull();
  }

  private static void assertRefused(TlsClient client) throws Exception {
    Message said = null;
    try (TlsChannel tls = client.connect(WITHIN)) {
      said = new FrameChannel(tls).read();
    } catch (IOException refusal) {
      // With an alert.
    }
    assertThat(said).isNull();
  }

  @Test
  void aTokenBecomesACertificateThatTheServerKnows() throws Exception {
    Enrolment.Result result = enrol(token(""), "");

    assertThat(result.peer().name()).isEqualTo("host-1");
    assertThat(result.peer().role()).isEqualTo(Role.AGENT);
    assertThat(result.peer().notAfter()).isEqualTo(FakeClock.START.plus(Duration.ofDays(30)));
    assertThat(greeting(client())).isEqualTo(new Message.Welcome(1));
    assertThat(server.next()).isEqualTo("enrolled");
    assertThat(server.next()).isEqualTo("gone");
    assertThat(server.next()).isEqualTo("welcome agent host-1");
  }

  @Test
  void whatIsStoredIsForTheUserAlone() throws Exception {
    Path file = enrol(token(""), "").file();

    assertThat(file.toString())
        .endsWith("/config/servers/localhost_" + address.port() + "/agent.pem");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(file.getParent())).isEqualTo("rwx------");
    for (String each : List.of("ca.key", "server.pem", "register", "lifetimes", ".lock")) {
      assertThat(mode(dir.resolve("home").resolve(each))).as(each).isEqualTo("rw-------");
    }
    assertThat(mode(dir.resolve("home"))).isEqualTo("rwx------");
    assertThat(mode(dir.resolve("home/tokens"))).isEqualTo("rwx------");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aServerUnderAnotherNameIsNotTrusted() throws Exception {
    Token token = token("");
    ServerHome elsewhere =
        ServerHome.init(dir.resolve("b"), List.of("a.example"), Lifetimes.DEFAULT, clock);
    try (EnrolmentServerFixture wrong = new EnrolmentServerFixture(dir.resolve("b"), clock)) {
      ServerAddress there = wrong.address("localhost");
      Token theirs = new Authority(elsewhere, clock).token(Role.AGENT, "", WITHIN);

      assertThatThrownBy(() -> new Enrolment(files, clock, WITHIN).enrol(there, theirs, "", "h"))
          .isInstanceOf(TrustException.class)
          .hasMessage(
              there
                  + " is not to be trusted: the server's certificate is for `a.example`, not for"
                  + " `localhost`");
      assertThatThrownBy(() -> new Enrolment(files, clock, WITHIN).enrol(there, token, "", "h"))
          .isInstanceOf(TrustException.class)
          .hasMessage(
              there
                  + " is not to be trusted: the server's certificate does not come from the"
                  + " authority with the SHA-256 "
                  + token.fingerprint());
    }
    assertThat(enrol(token, "").peer().name()).as("the token was not shown").isEqualTo("host-1");
  }

  @Test
  void aTokenIsGoodOnce() throws Exception {
    Token token = token("");
    enrol(token, "one");

    assertThat(refusal(token, "two"))
        .hasMessage(address + " refused: the token was used already: ask for another");
  }

  @Test
  void anExpiredTokenIsRefused() throws Exception {
    Token token = token("");
    clock.advance(Duration.ofHours(1));

    assertThat(refusal(token, ""))
        .hasMessage(address + " refused: the token expired 2026-06-01T13:00:00Z: ask for another");
  }

  @Test
  void aTokenThatNobodyMadeIsRefused() throws Exception {
    Token made = token("");
    Token guessed = new Token(Role.AGENT, made.fingerprint(), "A".repeat(32));

    assertThat(refusal(guessed, ""))
        .hasMessage(address + " refused: the server does not know the token: ask for another");
  }

  @Test
  void aTokenForANameIsForNoOther() throws Exception {
    Token token = token("db");

    assertThat(refusal(token, "web"))
        .hasMessage(
            address + " refused: the token is for another name than `web`: leave out --name");
    assertThat(enrol(token, "").peer().name()).isEqualTo("db");
  }

  @Test
  void aTakenNameNeedsATokenThatWasMadeForItAndTheOldCertificateIsVoidThen() throws Exception {
    enrol(token(""), "db");
    TlsClient first = TlsClient.open(files.of(address, Role.AGENT), address, clock);
    Token other = token("");

    assertThat(refusal(other, "DB"))
        .hasMessage(
            address
                + " refused: the name `db` is taken: choose another with --name; or, for the same"
                + " host again, ask for a token that is made for it: appaware server token --name"
                + " db");
    enrol(other, "web");
    enrol(token("db"), "");

    assertRefused(first);
    assertThat(greeting(client())).isEqualTo(new Message.Welcome(1));
  }

  @Test
  void aNameThatCannotBeInACertificateIsRefused() throws Exception {
    assertThat(refusal(token(""), "a,OU=operator").getMessage())
        .startsWith(address + " refused: `a,OU=operator` is no name");
  }

  @Test
  void theRoleIsThatOfTheTokenInTheServersBooks() throws Exception {
    Token agent = token("");
    Token claimed = new Token(Role.OPERATOR, agent.fingerprint(), agent.secret());

    assertThat(refusal(claimed, "")).hasMessage("the server gave the role `agent`");
  }

  @Test
  void aRevokedCertificateIsRefusedAtOnceAlsoWhenTheSessionIsResumed() throws Exception {
    enrol(token(""), "");
    Path file = files.of(address, Role.AGENT);
    TlsClient same = TlsClient.open(file, address, clock); // keeps its sessions
    for (int i = 0; i < 2; i++) {
      try (TlsChannel tls = same.connect(WITHIN)) {
        assertThat(new FrameChannel(tls).read()).isEqualTo(new Message.Welcome(1));
      }
    }

    authority.revoke("Host-1");

    assertRefused(same);
    assertNotWelcome(client());
    assertThat(records(8))
        .filteredOn(each -> each.startsWith("refused: "))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each).contains("the certificate of `host-1` was revoked"));
  }

  private List<String> records(int count) throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(server.next());
    }
    return all;
  }

  @Test
  void aCertificateIsRenewedAfterTwoThirdsOfItsLife() throws Exception {
    enrol(token(""), "");
    Servers client = client();
    clock.advance(Duration.ofDays(19));
    assertThat(renew(client)).isFalse();

    clock.advance(Duration.ofDays(2));
    assertThat(renew(client)).isTrue();

    clock.advance(Duration.ofDays(15));
    assertThat(greeting(client)).isEqualTo(new Message.Welcome(1));
    assertThat(greeting(client())).isEqualTo(new Message.Welcome(1));
    assertThat(told).isEmpty();
  }

  /** Whether that was due. */
  private boolean renew(Servers client) throws Exception {
    try (FrameChannel channel = client.connect(0)) {
      assertThat(channel.read()).isEqualTo(new Message.Welcome(1));
      nanos += Timing.RENEWAL_CHECK;
      Message.Renew renewal = client.renewal(nanos);
      if (renewal != null) {
        channel.write(renewal);
        client.renewed(((Message.Renewed) channel.read()).certificate());
      }
      return renewal != null;
    }
  }

  @Test
  void anotherProcessesRenewalIsTakenUp() throws Exception {
    enrol(token(""), "");
    Servers one = client();
    Servers two = client();
    clock.advance(Duration.ofDays(21));
    assertThat(renew(one)).isTrue();

    clock.advance(Duration.ofDays(10)); // the first one has expired by now

    assertThat(renew(two)).isFalse();
    assertThat(greeting(two)).isEqualTo(new Message.Welcome(1));
  }

  @Test
  void anExpiredCertificateIsRefusedOnBothSides() throws Exception {
    enrol(token(""), "");
    Path file = files.of(address, Role.AGENT);
    Servers client = client();
    clock.advance(Duration.ofDays(31));

    assertThatThrownBy(this::client)
        .isInstanceOf(TrustException.class)
        .hasMessage("the certificate of `host-1` for " + address + " expired 2026-07-01T12:00:00Z");
    assertThatThrownBy(() -> client.connect(0))
        .hasMessageStartingWith(
            "the certificate of `host-1` for " + address + " expired 2026-07-01T12:00:00Z: run");
    assertRefused(TlsClient.open(file, address, clock));
    assertThat(records(3).get(2)).contains("the client's certificate expired 2026-07-01T12:00:00Z");
  }

  @Test
  void aCertificateFromTheFutureIsRefused() throws Exception {
    Instant later = FakeClock.START.plus(Duration.ofDays(100));
    clock.set(later);
    enrol(token(""), "");
    clock.set(later.minus(Duration.ofDays(1)));

    assertNotWelcome(client());
    assertThat(records(3).get(2))
        .contains("the client's certificate is not valid before 2026-09-09T11:55:00Z");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() throws Exception {
    ServerHome other =
        ServerHome.init(dir.resolve("b"), List.of("localhost"), Lifetimes.DEFAULT, clock);
    try (EnrolmentServerFixture theirs = new EnrolmentServerFixture(dir.resolve("b"), clock)) {
      Token token = new Authority(other, clock).token(Role.OPERATOR, "", WITHIN);
      Enrolment.Result foreign =
          new Enrolment(files, clock, WITHIN).enrol(theirs.address("localhost"), token, "", "h");
      String mine = Files.readString(enrol(token(""), "").file());
      String text = Files.readString(foreign.file());
      int authority = text.lastIndexOf("-----BEGIN");
      // The foreign key and certificate, with trust in this server.
      TlsClient client =
          TlsClient.open(
              forged(text.substring(0, authority) + mine.substring(mine.lastIndexOf("-----BEGIN"))),
              address,
              clock);
      try (TlsChannel tls = client.connect(WITHIN)) {
        assertThatThrownBy(() -> new FrameChannel(tls).read()).isInstanceOf(IOException.class);
      }
    }
    assertThat(records(3).get(2)).contains("the client's certificate is not one of this server's");
  }

  private Path forged(String text) throws IOException {
    Path file = dir.resolve("config/forged.pem");
    SecretFile.create(file, text);
    return file;
  }

  @Test
  void aClientsCertificateMakesNoServer() throws Exception {
    Path file = enrol(token(""), "localhost").file();
    Path home = dir.resolve("home");
    server.close();
    Files.copy(file, home.resolve("server.pem"), StandardCopyOption.REPLACE_EXISTING);
    try (EnrolmentServerFixture imposter = new EnrolmentServerFixture(home, clock)) {
      ServerAddress there = imposter.address("localhost");
      Token token = token("");

      assertThatThrownBy(() -> new Enrolment(files, clock, WITHIN).enrol(there, token, "", "h"))
          .isInstanceOf(TrustException.class)
          .hasMessageContaining("is not to be trusted");
    }
  }

  @Test
  void aKeyThatOthersMayReadIsNotUsed() throws Exception {
    Path file = enrol(token(""), "").file();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(this::client)
        .isInstanceOf(TrustException.class)
        .hasMessage("others may use the private key in `" + file + "` (rw-r-----)");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(this::client)
        .isInstanceOf(TrustException.class)
        .hasMessage("others may write in the directory `" + file.getParent() + "` (rwxrwxrwx)");
  }

  @Test
  void whoIsNotEnrolledIsToldHowTo() {
    assertThatThrownBy(this::client)
        .isInstanceOfSatisfying(
            TrustException.class,
            e ->
                assertThat(e.help())
                    .isEqualTo(
                        "run `appaware enroll "
                            + address
                            + " --token T`, with what `appaware server token --role agent` prints"
                            + " there"))
        .hasMessage("not enrolled at " + address + " as agent");
  }

  @Test
  void theServersCertificateIsRenewedWhenItIsTime() throws Exception {
    enrol(token(""), "");
    clock.advance(Duration.ofDays(300));

    assertThat(enrol(token(""), "later").peer().name()).isEqualTo("later");

    clock.advance(Duration.ofDays(100));
    assertThat(enrol(token(""), "much-later").peer().name()).isEqualTo("much-later");
  }
}
