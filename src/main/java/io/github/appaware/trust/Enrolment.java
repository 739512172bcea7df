package io.github.appaware.trust;

import io.github.appaware.tls.Pem;
import io.github.appaware.tls.ProofOfPossession;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.tls.TlsFailure;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import io.github.appaware.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Turns a token into a certificate: the client's side. */
public final class Enrolment {
  private final ClientFiles files;
  private final Clock clock;
  private final Duration within;

  /**
   * What it came to.
   *
   * @param file with the key and the certificate
   */
  public record Result(PeerIdentity peer, Path file) {}

  /**
   * With files here.
   *
   * @param within for each step, after which it fails
   */
  public Enrolment(ClientFiles files, Clock clock, Duration within) {
    this.files = files;
    this.clock = clock;
    this.within = within;
  }

  /**
   * Enrols. A file that was there before is replaced.
   *
   * @param name or empty for the token's own, or else the host's
   * @param host the host's name, taken when neither was given
   */
  public Result enrol(ServerAddress server, Token token, String name, String host)
      throws IOException, TrustException {
    if (server.isUnix()) {
      throw new TrustException(
          "`" + server + "` needs no enrolment",
          "the permissions of the socket's file say which users may connect");
    }
    try {
      KeyPair keys = ProofOfPossession.newKeys();
      TlsClient client = TlsClient.anonymous(server, token.fingerprint(), clock);
      X509Certificate certificate = ask(client, token, name, host, keys);
      KeyIdentity identity = new KeyIdentity(keys.getPrivate(), certificate, client.authority());
      identity.requireConsistent();
      if (!certificate.getPublicKey().equals(keys.getPublic())) {
        throw new GeneralSecurityException("the certificate is for another key");
      }
      PeerIdentity peer = PeerIdentity.of(certificate);
      if (peer.role() != token.role()) {
        throw new TrustException("the server gave the role `" + peer.role().label() + "`", "");
      }
      return new Result(peer, files.save(server, identity, peer, clock.instant()));
    } catch (GeneralSecurityException e) {
      throw new TrustException("enrolling at " + server + " failed: " + e.getMessage(), "");
    }
  }

  private X509Certificate ask(TlsClient client, Token token, String name, String host, KeyPair keys)
      throws TrustException, GeneralSecurityException {
    String proof = ProofOfPossession.of(keys, ProofOfPossession.ENROL, token.secret(), name, host);
    Message.Enroll asked =
        new Message.Enroll(
            Message.VERSION,
            token.secret(),
            name,
            host,
            ProofOfPossession.text(keys.getPublic()),
            proof);
    try (TlsChannel tls = client.connect(within)) {
      FrameChannel channel = new FrameChannel(tls);
      Message answer = exchange(channel, asked, within);
      if (answer instanceof Message.Enrolled enrolled) {
        return certificate(enrolled.certificate());
      }
      if (answer instanceof Message.Refused refused) {
        throw new TrustException(client.server() + " refused: " + refused.why(), "");
      }
      throw new WireException(
          answer == null ? "it ended the connection" : "it said something else");
    } catch (IOException e) {
      throw explained(client.server(), e);
    }
  }

  /** Sends one message and waits for one, but not for longer than this. */
  private static Message exchange(FrameChannel channel, Message asked, Duration within)
      throws IOException {
    ScheduledExecutorService alarm =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "alarm");
              thread.setDaemon(true);
              return thread;
            });
    try {
      var unused =
          alarm.schedule(
              () -> {
                channel.close();
                return null;
              },
              within.toMillis(),
              TimeUnit.MILLISECONDS);
      channel.write(asked);
      return channel.read();
    } finally {
      alarm.shutdownNow();
    }
  }

  private static X509Certificate certificate(String base64) throws GeneralSecurityException {
    try {
      return Pem.certificate(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("a certificate that is not Base64", e);
    }
  }

  private static TrustException explained(ServerAddress server, IOException e) {
    String help = "";
    if (TlsFailure.isUnreachable(e)) {
      help = "see whether the server runs: appaware server --home DIR --listen " + server;
    } else if (TlsFailure.isRefusal(e)) {
      help = "nothing was sent to it; see whether address and token belong together";
    }
    TrustException explained = new TrustException(TlsFailure.describe(server, e), help);
    explained.initCause(e);
    return explained;
  }
}
