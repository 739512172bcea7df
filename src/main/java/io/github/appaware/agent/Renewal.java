package io.github.appaware.agent;

import io.github.appaware.event.Text;
import io.github.appaware.tls.Pem;
import io.github.appaware.tls.ProofOfPossession;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the certificate for one server from ending while the application runs. What can't be kept
 * in its file, as in a container that may only read it, is kept in memory for this JVM alone.
 *
 * <p>One thread asks, another receives.
 */
final class Renewal {
  /** Before it is asked again, in nanoseconds. */
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

  /** Also when nobody answers. */
  private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(10);

  private final ServerAddress server;
  private final Path file;
  private final Clock clock;

  /** What a renewal has left that the file has not; null for nothing. */
  private String kept;

  /** The keys that a certificate was asked for, or null. */
  private KeyPair asked;

  private long next = System.nanoTime();
  private long pause = PAUSE;

  Renewal(ServerAddress server, Path file, Clock clock) {
    this.server = server;
    this.file = file;
    this.clock = clock;
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

  /** What to say to the server, over a connection with the present certificate; often null. */
  synchronized Message.Renew ask() {
    if (System.nanoTime() - next < 0) {
      return null;
    }
    next = System.nanoTime() + PAUSE;
    try {
      X509Certificate certificate = client().certificate();
      if (!isDue(certificate)) {
        return null;
      }
      next = System.nanoTime() + pause;
      pause = Math.min(2 * pause, LONGEST_PAUSE);
      asked = ProofOfPossession.newKeys();
      String serial = certificate.getSerialNumber().toString(16);
      String proof = ProofOfPossession.of(asked, ProofOfPossession.RENEW, serial);
      return new Message.Renew(Message.VERSION, ProofOfPossession.text(asked.getPublic()), proof);
    } catch (IOException | GeneralSecurityException e) {
      return null; // the next connection says why
    }
  }

  /** Two thirds of its life are over. */
  private boolean isDue(X509Certificate certificate) {
    Instant from = certificate.getNotBefore().toInstant();
    Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
    return !clock.instant().isBefore(from.plus(life.multipliedBy(2).dividedBy(3)));
  }

  /** The server's answer: a certificate, or null for none. */
  synchronized void answered(String certificate) throws IOException {
    KeyPair keys = asked;
    asked = null;
    if (keys == null || certificate == null) {
      return; // the next time, perhaps
    }
    TlsClient present = client();
    try {
      X509Certificate next = Pem.certificate(Base64.getDecoder().decode(certificate));
      X509Certificate authority = authority();
      X509Certificate old = present.certificate();
      next.verify(authority.getPublicKey());
      if (!next.getPublicKey().equals(keys.getPublic())
          || !next.getSubjectX500Principal().equals(old.getSubjectX500Principal())) {
        throw new GeneralSecurityException("it is somebody else's");
      }
      String text = Pem.of(keys.getPrivate()) + Pem.of(next) + Pem.of(authority);
      TlsClient unused = TlsClient.of(text, server, clock);
      keep(text, next);
      pause = PAUSE;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      AgentAbort.tell(
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
      write("agent of " + server + "; written " + clock.instant() + "\n" + text);
      kept = null;
    } catch (IOException e) {
      kept = text;
      if (first) {
        AgentAbort.tell(
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

  /** A reader sees the old content or the new, also after a crash. */
  private void write(String text) throws IOException {
    Path real = file.toRealPath();
    Path fresh = real.resolveSibling("." + real.getFileName() + "." + System.nanoTime() + ".tmp");
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Set<StandardOpenOption> create =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    try {
      try (FileChannel out = FileChannel.open(fresh, create, mode)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      boolean unused = Files.deleteIfExists(fresh);
    }
  }
}
