package io.github.appaware.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.tls.Pem;
import io.github.appaware.tls.ProofOfPossession;
import io.github.appaware.trust.Authority;
import io.github.appaware.trust.Lifetimes;
import io.github.appaware.trust.PeerIdentity;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.Token;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalTest {
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir Path directory;
  private final ServerAddress address = ServerAddress.parse("tls://server.example:7443");
  private final List<String> told = new ArrayList<>();
  private ServerHome home;
  private Path file;

  /** Enrols as any client does. */
  @BeforeEach
  void enrol() throws Exception {
    home =
        ServerHome.init(
            directory.resolve("home"), List.of("server.example"), Lifetimes.DEFAULT, at(0));
    Token token = authority(0).token(Role.AGENT, "", Duration.ofHours(1));
    KeyPair keys = ProofOfPossession.newKeys();
    String proof = ProofOfPossession.of(keys, ProofOfPossession.ENROL, token.secret(), "box", "h");
    X509Certificate certificate =
        authority(0)
            .enrol(
                new Message.Enroll(
                    Message.VERSION,
                    token.secret(),
                    "box",
                    "h",
                    ProofOfPossession.text(keys.getPublic()),
                    proof));
    Path own = Files.createDirectory(directory.resolve("own"));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    file =
        Files.writeString(
            own.resolve("agent.pem"),
            Pem.of(keys.getPrivate()) + Pem.of(certificate) + Pem.of(home.certificate()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Clock at(int days) {
    return Clock.fixed(START.plus(Duration.ofDays(days)), ZoneOffset.UTC);
  }

  private Authority authority(int days) {
    return new Authority(home, at(days));
  }

  private Renewal renewal(int days) {
    return new Renewal(address, file, at(days), told::add);
  }

  /** As the server answers. */
  private String certify(int days, X509Certificate present, Message.Renew asked) throws Exception {
    PeerIdentity peer =
        new PeerIdentity(
            "box",
            Role.AGENT,
            present.getSerialNumber().toString(16),
            present.getNotAfter().toInstant());
    X509Certificate next = authority(days).renew(peer, asked.publicKey(), asked.proof());
    return Base64.getEncoder().encodeToString(next.getEncoded());
  }

  /** Over a connection with the present certificate. */
  private static Message.Renew ask(Renewal renewal, long now) throws IOException {
    return renewal.ask(renewal.client().certificate(), now);
  }

  private static Instant end(Renewal renewal) throws IOException {
    return renewal.client().certificate().getNotAfter().toInstant();
  }

  @Test
  void beforeTwoThirdsOfItsLifeNothingIsAsked() throws Exception {
    assertThat(ask(renewal(19), 0)).isNull();
  }

  /** A server's clock may be ahead of this one; it can be asked for one that is in force here. */
  @Test
  void aCertificateThatIsNotValidYetIsDueToo() throws Exception {
    assertThat(ask(renewal(-1), 0)).isNotNull();
  }

  @Test
  void overAConnectionWithAnotherCertificateNothingIsAsked() throws Exception {
    Renewal renewal = renewal(21);
    X509Certificate first = renewal.client().certificate();
    renewal.answered(null);
    Renewal other = renewal(21);
    other.answered(certify(21, first, ask(other, 0)));

    assertThat(renewal.ask(first, 0)).isNull();
  }

  @Test
  void aRequestThatIsNotGrantedIsRepeatedAfterLongerAndLongerPauses() throws Exception {
    Renewal renewal = renewal(21);
    long now = 0;
    for (long pause = Timing.RENEWAL_CHECK;
        pause < Timing.LONGEST_RENEWAL_PAUSE;
        pause = Math.min(2 * pause, Timing.LONGEST_RENEWAL_PAUSE)) {
      assertThat(ask(renewal, now)).isNotNull();
      assertThat(ask(renewal, now + pause - 1)).isNull();
      now += pause;
    }
  }

  @Test
  void afterItACertificateIsAskedForOnceAndKeptInTheFile() throws Exception {
    Renewal renewal = renewal(21);
    Message.Renew asked = ask(renewal, 0);
    assertThat(ask(renewal, 1)).isNull();

    renewal.answered(certify(21, renewal.client().certificate(), asked));

    Instant end = START.plus(Duration.ofDays(51));
    assertThat(end(renewal)).isEqualTo(end);
    assertThat(end(renewal(22))).as("another process").isEqualTo(end);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whereTheFileCanNotBeWrittenTheCertificateIsKeptInMemory() throws Exception {
    // Not even root can make a file beside it: its name would be too long.
    file = Files.move(file, file.resolveSibling("k".repeat(240) + ".pem"));
    Renewal renewal = renewal(21);
    X509Certificate old = renewal.client().certificate();

    renewal.answered(certify(21, old, ask(renewal, 0)));

    assertThat(end(renewal)).isEqualTo(START.plus(Duration.ofDays(51)));
    assertThat(end(renewal(22))).as("another process").isEqualTo(old.getNotAfter().toInstant());
    assertThat(told).singleElement().asString().contains("for this process alone");
  }

  @Test
  void somebodyElsesCertificateIsNotTaken() throws Exception {
    Renewal renewal = renewal(21);
    X509Certificate old = renewal.client().certificate();
    Renewal other = renewal(21);
    String others = certify(21, old, ask(other, 0));
    assertThat(ask(renewal, 0)).isNotNull();

    renewal.answered(others);

    assertThat(end(renewal)).isEqualTo(old.getNotAfter().toInstant());
    assertThat(Files.readString(file)).contains(Pem.of(old));
    assertThat(told)
        .containsExactly(
            "the renewed certificate for "
                + address
                + " can't be used: it is for another key or another name");
  }

  @Test
  void aRefusalChangesNothing() throws Exception {
    Renewal renewal = renewal(21);
    X509Certificate old = renewal.client().certificate();
    assertThat(ask(renewal, 0)).isNotNull();

    renewal.answered(null);
    renewal.answered(Base64.getEncoder().encodeToString(old.getEncoded())); // not asked for

    assertThat(end(renewal)).isEqualTo(old.getNotAfter().toInstant());
  }

  @Test
  void withoutAFileThereIsNoConnection() throws Exception {
    Files.delete(file);
    assertThatThrownBy(() -> renewal(21).client()).isInstanceOf(IOException.class);
  }
}
