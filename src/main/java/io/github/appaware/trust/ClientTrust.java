package io.github.appaware.trust;

import io.github.appaware.tls.ProofOfPossession;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import io.github.appaware.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * The client's side of connections to a remote server, with the certificate that enrolling left.
 * Safe for use by many threads.
 */
public final class ClientTrust {
  private static final Duration RENEWAL = Duration.ofSeconds(20);

  private final ClientFiles files;
  private final ServerAddress server;
  private final Clock clock;

  /** What the file had when it was read last. */
  private record Present(KeyIdentity identity, PeerIdentity peer, TlsClient client) {}

  private volatile Present present;

  private ClientTrust(ClientFiles files, ServerAddress server, Clock clock, Present present) {
    this.files = files;
    this.server = server;
    this.clock = clock;
    this.present = present;
  }

  /**
   * For a server.
   *
   * @param roles that would do; the first one with a certificate is taken
   * @throws TrustException when there is none, or it can't be used
   */
  public static ClientTrust open(
      ClientFiles files, ServerAddress server, List<Role> roles, Clock clock)
      throws IOException, TrustException {
    for (Role role : roles) {
      Path file = files.of(server, role);
      if (PrivateFiles.exists(file)) {
        return new ClientTrust(files, server, clock, load(file, server, clock));
      }
    }
    String role = roles.get(0).label();
    throw new TrustException(
        "not enrolled at " + server + " as " + role,
        "run `appaware enroll "
            + server
            + " --token T`, with what `appaware server token --role "
            + role
            + "` prints there");
  }

  private static Present load(Path file, ServerAddress server, Clock clock)
      throws IOException, TrustException {
    String again = "run `appaware enroll " + server + " --token T` with a new token for this name";
    KeyIdentity identity = KeyIdentity.read(file, again);
    try {
      PeerIdentity peer = PeerIdentity.of(identity.certificate());
      Instant now = clock.instant();
      if (now.isAfter(peer.notAfter())) {
        throw new TrustException(
            "the certificate of `"
                + peer.name()
                + "` for "
                + server
                + " expired "
                + peer.notAfter(),
            again);
      }
      return new Present(identity, peer, TlsClient.open(file, server, clock));
    } catch (CertificateException e) {
      throw new TrustException("`" + file + "` can't be used: " + e.getMessage(), again);
    }
  }

  /** As whom. */
  public PeerIdentity self() {
    return present.peer;
  }

  /** The address of the server. */
  public ServerAddress server() {
    return server;
  }

  /**
   * Connects.
   *
   * @param within for each step of each attempt
   * @throws TrustException that says in words what went wrong; its cause is what the network said
   */
  public TlsChannel connect(Duration within) throws TrustException {
    try {
      return present.client.connect(within);
    } catch (IOException e) {
      throw Enrolment.explained(server, e);
    }
  }

  /**
   * What a failure of the first read means: with TLS 1.3 a server refuses a certificate only when
   * the client thinks that all is well.
   */
  public String explain(IOException failure) {
    if (failure instanceof SSLException) {
      return server
          + " refuses the certificate of `"
          + self().name()
          + "`: it was revoked or replaced, or is of another server";
    }
    return server + " ended the connection: " + failure.getMessage();
  }

  /**
   * Whether two thirds of the certificate's life are over, and nobody else on this machine has
   * renewed it yet.
   */
  public boolean isDue() {
    Present old = present;
    if (!isDue(old)) {
      return false;
    }
    try {
      Present current = load(files.of(server, old.peer.role()), server, clock);
      if (isDue(current)) {
        return true;
      }
      present = current;
      return false;
    } catch (IOException | TrustException e) {
      return true;
    }
  }

  private boolean isDue(Present which) {
    return KeyIdentity.isDue(which.identity.certificate(), clock.instant());
  }

  /**
   * Gets the next certificate when it is time, and uses it from then on. Nobody else may read from
   * or write to the channel meanwhile; a connection of its own will do, or one on which nothing was
   * said yet.
   *
   * @return whether there is a new one
   * @throws TrustException when there should be, but is not; the old one stays in use
   */
  public synchronized boolean renewIfDue(FrameChannel channel) throws IOException, TrustException {
    if (!isDue()) {
      return false;
    }
    Present old = present;
    try {
      KeyPair keys = ProofOfPossession.newKeys();
      String proof = ProofOfPossession.of(keys, ProofOfPossession.RENEW, old.peer.serial());
      Message.Renew asked =
          new Message.Renew(Message.VERSION, ProofOfPossession.text(keys.getPublic()), proof);
      Message answer = Enrolment.exchange(channel, asked, RENEWAL);
      if (answer instanceof Message.NotRenewed no) {
        throw new TrustException(server + " does not renew the certificate: " + no.why(), "");
      }
      if (!(answer instanceof Message.Renewed renewed)) {
        throw new WireException("the server answered a renewal with something else");
      }
      accept(old, keys, Enrolment.certificate(renewed.certificate()));
      return true;
    } catch (GeneralSecurityException e) {
      throw new TrustException("the certificate can't be renewed: " + e.getMessage(), "");
    }
  }

  private void accept(Present old, KeyPair keys, X509Certificate certificate)
      throws IOException, TrustException, GeneralSecurityException {
    KeyIdentity next = new KeyIdentity(keys.getPrivate(), certificate, old.identity.authority());
    next.requireConsistent();
    PeerIdentity peer = PeerIdentity.of(certificate);
    if (!peer.name().equals(old.peer.name()) || peer.role() != old.peer.role()) {
      throw new GeneralSecurityException("it is somebody else's");
    }
    present = load(files.save(server, next, peer, clock.instant()), server, clock);
  }
}
