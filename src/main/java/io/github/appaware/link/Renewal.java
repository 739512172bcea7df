package io.github.appaware.link;

import io.github.appaware.event.Text;
import io.github.appaware.tls.Lifetime;
import io.github.appaware.tls.Pem;
import io.github.appaware.tls.ProofOfPossession;
import io.github.appaware.tls.SecretFile;
import io.github.appaware.tls.Subject;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;

/**
 * Renews the certificate for one server before it expires. What can't be kept in its file, as in a
 * container that may only read it, is kept in memory for this process alone. Safe for all threads.
 */
final class Renewal {
  private final ServerAddress server;
  private final Path file;
  private final Clock clock;
  private final Notices notices;

  /** What a renewal has left that the file has not; null for nothing. */
  private String kept;

  /** The keys that a certificate was asked for, or null. */
  private KeyPair asked;

  private boolean isPaced;
  private long next;
  private long pause = Timing.RENEWAL_CHECK;

  Renewal(ServerAddress server, Path file, Clock clock, Notices notices) {
    this.server = server;
    this.file = file;
    this.clock = clock;
    this.notices = notices;
  }

  /**
   * What to connect with now: another process may have renewed what is in the file.
   *
   * @throws IOException when there is nothing that can be used
   */
  synchronized TlsClient client() throws IOException {
    if (kept == null) {
      return TlsClient.open(file, server, clock);
    }
    try {
      TlsClient own = TlsClient.of(kept, server, clock);
      TlsClient shared = shared();
      return shared != null && end(shared).isAfter(end(own)) ? shared : own;
    } catch (GeneralSecurityException e) {
      throw new IOException("the renewed certificate can't be used: " + e.getMessage(), e);
    }
  }

  private TlsClient shared() {
    try {
      return TlsClient.open(file, server, clock);
    } catch (IOException e) {
      return null;
    }
  }

  private static Instant end(TlsClient client) {
    return client.certificate().getNotAfter().toInstant();
  }

  /**
   * What to send to the server, mostly null.
   *
   * @param present the certificate that the connection was made with: another can't be renewed over
   *     it
   * @param now in nanoseconds
   */
  synchronized Message.Renew ask(X509Certificate present, long now) {
    if (isPaced && now - next < 0) {
      return null;
    }
    isPaced = true;
    next = now + Timing.RENEWAL_CHECK;
    try {
      X509Certificate certificate = client().certificate();
      if (!certificate.equals(present) || !Lifetime.isDue(certificate, clock.instant())) {
        return null;
      }
      next = now + pause;
      pause = Math.min(2 * pause, Timing.LONGEST_RENEWAL_PAUSE);
      asked = ProofOfPossession.newKeys();
      String serial = certificate.getSerialNumber().toString(16);
      String proof = ProofOfPossession.of(asked, ProofOfPossession.RENEW, serial);
      return new Message.Renew(Message.VERSION, ProofOfPossession.text(asked.getPublic()), proof);
    } catch (IOException | GeneralSecurityException e) {
      return null; // the next connection says why
    }
  }

  /** The server's answer: a certificate, or null for none. */
  synchronized void answered(String certificate) throws IOException {
    KeyPair keys = asked;
    asked = null;
    if (keys == null || certificate == null) {
      return; // the next time, perhaps
    }
    X509Certificate old = client().certificate();
    try {
      X509Certificate renewed = Pem.certificate(Base64.getDecoder().decode(certificate));
      X509Certificate authority = authority();
      renewed.verify(authority.getPublicKey());
      if (!renewed.getPublicKey().equals(keys.getPublic())
          || !renewed.getSubjectX500Principal().equals(old.getSubjectX500Principal())) {
        throw new GeneralSecurityException("it is for another key or another name");
      }
      String text = Pem.of(keys.getPrivate()) + Pem.of(renewed) + Pem.of(authority);
      TlsClient unused = TlsClient.of(text, server, clock);
      keep(text, renewed);
      pause = Timing.RENEWAL_CHECK;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      notices.tell(
          "the renewed certificate for "
              + server
              + " can't be used: "
              + Text.printable(String.valueOf(e.getMessage())));
    }
  }

  private X509Certificate authority() throws IOException, GeneralSecurityException {
    String text = kept != null ? kept : Files.readString(file, StandardCharsets.UTF_8);
    return Pem.certificates(text).get(1);
  }

  private void keep(String text, X509Certificate certificate) {
    boolean first = kept == null;
    try {
      String comment = Subject.of(certificate).describe(server, clock.instant());
      SecretFile.replace(file.toRealPath(), comment + "\n" + text);
      kept = null;
    } catch (IOException e) {
      kept = text;
      if (first) {
        notices.tell(
            "the certificate for "
                + server
                + " was renewed until "
                + certificate.getNotAfter().toInstant()
                + " for this process alone, as `"
                + file
                + "` can't be written: for later ones run `appaware enroll "
                + server
                + " --token T` with a new token");
      }
    }
  }
}
