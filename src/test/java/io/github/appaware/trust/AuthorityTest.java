package io.github.appaware.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.testkit.FakeClock;
import io.github.appaware.tls.ProofOfPossession;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class AuthorityTest {
  @TempDir Path dir;
  private final FakeClock clock = new FakeClock();
  private ServerHome home;
  private Authority authority;

  @BeforeEach
  void init() throws Exception {
    home =
        ServerHome.init(dir.resolve("home"), List.of("Server.Example."), Lifetimes.DEFAULT, clock);
    authority = new Authority(home, clock);
  }

  private Token token() throws Exception {
    return authority.token(Role.AGENT, "", Duration.ofHours(1));
  }

  static Message.Enroll asked(Token token, String name, KeyPair keys) throws Exception {
    String proof = ProofOfPossession.of(keys, ProofOfPossession.ENROL, token.secret(), name, "h");
    String key = ProofOfPossession.text(keys.getPublic());
    return new Message.Enroll(Message.VERSION, token.secret(), name, "h", key, proof);
  }

  private X509Certificate enrol(Token token, String name) throws Exception {
    return authority.enrol(asked(token, name, ProofOfPossession.newKeys()));
  }

  private List<String> register() throws IOException {
    return Files.readAllLines(home.register());
  }

  @Test
  void anAdministratorSeesWhoIsEnrolledAndWhichTokensAreOpen() throws Exception {
    Token used = authority.token(Role.OPERATOR, "anna", Duration.ofHours(2));
    X509Certificate anna = enrol(used, "anna");
    X509Certificate web = enrol(token(), "web-1");
    clock.advance(Duration.ofMinutes(30));
    Token open = authority.token(Role.AGENT, "web-2", Duration.ofMinutes(10));
    Token later = authority.token(Role.AUDITOR, "", Duration.ofHours(1));
    authority.revoke("web-1");

    Instant start = FakeClock.START;
    assertThat(authority.clients())
        .containsExactly(
            new EnrolledClient("anna", Role.OPERATOR, start, expiry(anna), false),
            new EnrolledClient("web-1", Role.AGENT, start, expiry(web), true));
    assertThat(authority.openTokens())
        .containsExactly(
            new OpenToken(Role.AGENT, "web-2", start.plus(Duration.ofMinutes(40))),
            new OpenToken(Role.AUDITOR, "", start.plus(Duration.ofMinutes(90))));
    assertThat(authority.openTokens().toString())
        .doesNotContain(open.secret())
        .doesNotContain(later.secret());

    clock.advance(Duration.ofMinutes(20));
    assertThat(authority.openTokens()).hasSize(1);
    EnrolledClient first = authority.clients().get(0);
    assertThat(first.isInvalid(clock.instant())).isFalse();
    assertThat(first.isInvalid(anna.getNotAfter().toInstant().plusSeconds(1))).isTrue();
    assertThat(authority.clients().get(1).isInvalid(clock.instant())).isTrue();
  }

  private static Optional<Instant> expiry(X509Certificate certificate) {
    return Optional.of(certificate.getNotAfter().toInstant());
  }

  @Test
  void aRegisterOfAnEarlierVersionIsRead() throws Exception {
    X509Certificate web = enrol(token(), "web-1");
    String line = register().get(0);
    Files.writeString(home.register(), line.substring(0, line.lastIndexOf(' ')) + "\n");
    assertThat(authority.clients())
        .containsExactly(
            new EnrolledClient("web-1", Role.AGENT, FakeClock.START, Optional.empty(), false));
    assertThat(new CertificateRegister(home.register()).read().isValid(PeerIdentity.of(web)))
        .isTrue();
  }

  @Test
  void certificatesSayWhatTheyAreFor() throws Exception {
    X509Certificate client = enrol(token(), "web-1");
    X509Certificate ca = home.certificate();
    X509Certificate server = home.identity(clock.instant()).certificate();

    assertThat(ca.getBasicConstraints()).isZero();
    assertThat(client.getBasicConstraints()).isEqualTo(-1);
    assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=web-1,OU=agent");
    assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(server.getSubjectAlternativeNames()).containsExactly(List.of(2, "server.example"));
    assertThat(ca.getNotAfter().toInstant()).isEqualTo(FakeClock.START.plus(Duration.ofDays(3653)));
    client.verify(ca.getPublicKey());
    server.verify(ca.getPublicKey());
  }

  @Test
  void aSecondInitOverwritesNothing() throws Exception {
    String before = Files.readString(dir.resolve("home/ca.key"));

    assertThatThrownBy(
            () ->
                ServerHome.init(
                    dir.resolve("home"), List.of("a.example"), Lifetimes.DEFAULT, clock))
        .isInstanceOf(TrustException.class)
        .hasMessage(
            "there is a `" + dir.resolve("home/ca.pem") + "` already, and nothing is overwritten");
    assertThat(Files.readString(dir.resolve("home/ca.key"))).isEqualTo(before);
  }

  @Test
  void namesOfServersAreHostsOrAddresses() throws Exception {
    assertThat(ServerNames.of(List.of("A.example", "10.0.0.1", "::0001", "[::2]", "a.example")))
        .isEqualTo(new ServerNames(List.of("a.example"), List.of("10.0.0.1", "::1", "::2")));
    for (String bad : List.of("", "a b", "*.example", "1.2.3", "10.0.0.256", "a:1", "a_b", "-a")) {
      assertThatThrownBy(() -> ServerNames.of(List.of(bad)))
          .as(bad)
          .isInstanceOf(TrustException.class)
          .hasMessage("`" + bad + "` is neither a host's name nor an address");
    }
  }

  @Test
  void theSecretOfATokenIsNowhereInTheDirectory() throws Exception {
    Token token = token();

    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file.toString()).doesNotContain(token.secret());
        assertThat(Files.readString(file)).doesNotContain(token.secret());
      }
    }
    assertThat(token.toString()).doesNotContain(token.secret());
    assertThat(asked(token, "", ProofOfPossession.newKeys()).toString())
        .doesNotContain(token.secret());
  }

  @Test
  void aTokenIsReadAsItWasPrinted() throws Exception {
    Token token = token();

    assertThat(Token.parse(" " + token.text() + "\n")).isEqualTo(token);
    String text = token.text();
    for (String bad :
        List.of(
            "",
            "a.b.c",
            text.substring(1),
            text.substring(0, text.length() - 1),
            text.replace("agent.", "server."),
            text.replace("agent.", "root."),
            text + ".x")) {
      assertThatThrownBy(() -> Token.parse(bad))
          .as(bad)
          .isInstanceOf(TrustException.class)
          .hasMessage("that is no token");
    }
  }

  @Test
  void ofManyWhoUseOneTokenAtOnceOneGetsBy() throws Exception {
    Token token = token();
    int count = 8;
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Message.Enroll asked = asked(token, "host-" + i, ProofOfPossession.newKeys());
        Authority own = new Authority(home, clock);
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    return own.enrol(asked).getSubjectX500Principal().getName();
                  } catch (TrustException e) {
                    return e.getMessage();
                  }
                }));
      }
      start.countDown();
      List<String> said = new ArrayList<>();
      for (Future<String> each : results) {
        said.add(each.get());
      }
      assertThat(said).filteredOn(each -> each.startsWith("CN=")).hasSize(1);
      assertThat(said).filteredOn("the token was used already"::equals).hasSize(count - 1);
      assertThat(register()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aTokenThatWasUsedBeforeACrashStaysUsed() throws Exception {
    Token token = token();
    try (DirectoryLock mine = DirectoryLock.of(home.directory())) {
      new Tokens(home.tokens()).use(mine, token.secret());
    }

    assertThatThrownBy(() -> enrol(token, "a"))
        .isInstanceOf(TrustException.class)
        .hasMessage("the token was used already");
    assertThat(register()).isEmpty();
  }

  @Test
  void aLineThatACrashCutOffNeverTookEffect() throws Exception {
    enrol(token(), "a");
    String whole = Files.readString(home.register());
    for (int cut = 1; cut < whole.length(); cut++) {
      Files.writeString(home.register(), whole + whole.substring(0, cut).replace(" a ", " b "));
      if (Files.readString(home.register()).endsWith("\n")) {
        continue;
      }
      assertThat(new CertificateRegister(home.register()).read().knows("b")).isFalse();
    }
    enrol(token(), "c");

    assertThat(register()).hasSize(2).element(1).asString().contains(" enrolled c agent ");
  }

  @Test
  void leftoversOfACrashBlockNoNewToken() throws Exception {
    Files.writeString(home.tokens().resolve(".0123.1.tmp"), "half");

    enrol(token(), "a");

    assertThat(home.tokens().resolve(".0123.1.tmp")).doesNotExist();
  }

  @Test
  void aProofForSomethingElseIsNone() throws Exception {
    Token token = token();
    Message.Enroll good = asked(token, "a", ProofOfPossession.newKeys());
    KeyPair others = ProofOfPossession.newKeys();
    for (Message.Enroll bad :
        List.of(
            new Message.Enroll(1, good.token(), "b", "h", good.publicKey(), good.proof()),
            new Message.Enroll(1, good.token(), "a", "i", good.publicKey(), good.proof()),
            new Message.Enroll(
                1,
                good.token(),
                "a",
                "h",
                ProofOfPossession.text(others.getPublic()),
                good.proof()),
            new Message.Enroll(1, good.token(), "a", "h", good.publicKey(), "???"),
            new Message.Enroll(1, good.token(), "a", "h", good.publicKey(), ""))) {
      assertThatThrownBy(() -> authority.enrol(bad))
          .isInstanceOf(TrustException.class)
          .hasMessage("the client does not prove that it has the private key");
    }
    assertThat(authority.enrol(good)).isNotNull();
  }

  @Test
  void onlyKeysOfTheCurveAreCertified() throws Exception {
    Token token = token();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair other = generator.generateKeyPair();
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    for (KeyPair each : List.of(other, rsa)) {
      Message.Enroll asked =
          new Message.Enroll(
              1, token.secret(), "a", "h", ProofOfPossession.text(each.getPublic()), "");
      assertThatThrownBy(() -> authority.enrol(asked))
          .isInstanceOf(TrustException.class)
          .hasMessageStartingWith("a public key that can't be certified: ");
    }
    byte[] der = ProofOfPossession.newKeys().getPublic().getEncoded();
    der[der.length - 1] ^= 1; // a point that is not on the curve
    Message.Enroll asked =
        new Message.Enroll(
            1, token.secret(), "a", "h", Base64.getEncoder().encodeToString(der), "");
    assertThatThrownBy(() -> authority.enrol(asked))
        .isInstanceOf(TrustException.class)
        .hasMessageStartingWith("a public key that can't be certified: ");
  }

  @Test
  void aRenewalNeedsAValidCertificate() throws Exception {
    PeerIdentity peer = PeerIdentity.of(enrol(token(), "a"));
    KeyPair keys = ProofOfPossession.newKeys();
    String key = ProofOfPossession.text(keys.getPublic());
    String proof = ProofOfPossession.of(keys, ProofOfPossession.RENEW, peer.serial());

    PeerIdentity renewed = PeerIdentity.of(authority.renew(peer, key, proof));
    assertThat(renewed.name()).isEqualTo("a");
    assertThat(new CertificateRegister(home.register()).read().isValid(peer)).isTrue();
    assertThat(new CertificateRegister(home.register()).read().isValid(renewed)).isTrue();

    authority.revoke("a");
    assertThat(new CertificateRegister(home.register()).read().isValid(renewed)).isFalse();
    assertThatThrownBy(() -> authority.renew(peer, key, proof))
        .isInstanceOf(TrustException.class)
        .hasMessage("the certificate of `a` is not valid");
    assertThatThrownBy(() -> enrol(token(), "a"))
        .isInstanceOf(TrustException.class)
        .hasMessage("the name `a` is taken");
  }

  @Test
  void revocationsOfAnotherProcessAreToldWithinASecond() throws Exception {
    PeerIdentity peer = PeerIdentity.of(enrol(token(), "a"));
    try (Revocations revocations = new Revocations(home, clock)) {
      assertThat(revocations.refusal(peer)).isEmpty();
      CountDownLatch told = new CountDownLatch(1);
      revocations.start(told::countDown);

      Files.writeString(
          home.register(), clock.instant() + " revoked a\n", StandardOpenOption.APPEND);

      assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(revocations.refusal(peer)).isEqualTo("the certificate of `a` was revoked");
    }
  }

  @Test
  void withoutARegisterNobodyIsWelcome() throws Exception {
    PeerIdentity peer = PeerIdentity.of(enrol(token(), "a"));
    try (Revocations revocations = new Revocations(home, clock)) {
      Files.writeString(home.register(), "nonsense\n", StandardOpenOption.APPEND);
      assertThat(revocations.refusal(peer))
          .isEqualTo(
              "certificates can't be checked: `"
                  + home.register()
                  + "` can't be read: line 2 is not valid");
      Files.delete(home.register());
      assertThat(revocations.refusal(peer)).startsWith("certificates can't be checked: ");
    }
  }

  @Test
  void anAuthorityWhoseKeyOthersMayReadSignsNothing() throws Exception {
    Path key = dir.resolve("home/ca.key");
    Token token = token();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw----r--"));

    assertThatThrownBy(() -> enrol(token, "a"))
        .isInstanceOf(TrustException.class)
        .hasMessage("others may use the private key in `" + key + "` (rw----r--)");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(enrol(token, "a")).as("the token is not used up").isNotNull();
  }

  @Test
  void onlyAWholeSubjectIsAPeer() throws Exception {
    X509Certificate server = home.identity(clock.instant()).certificate();

    assertThatThrownBy(() -> PeerIdentity.of(server))
        .hasMessage("the certificate is not a client's: CN=appaware server,OU=server");
    assertThatThrownBy(() -> PeerIdentity.of(home.certificate()))
        .hasMessageStartingWith("the certificate is not a client's: CN=appaware ");
    assertThat(Role.of("root")).isEmpty();
    assertThat(Role.of("AGENT")).isEmpty();
  }
}
