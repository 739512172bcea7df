package io.github.appaware.trust;

import io.github.appaware.tls.ClientTrustManager;
import io.github.appaware.tls.Lifetime;
import io.github.appaware.tls.Pem;
import io.github.appaware.tls.SingleKeyManager;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/**
 * The server's side of TLS connections: TLS 1.3 and nothing older. A client without a certificate
 * may only enrol; one with a certificate that is not valid is rejected. Safe for use by many
 * threads.
 */
public final class ServerTrust implements Closeable {
  private final ServerHome home;
  private final Clock clock;
  private final Authority authority;
  private final Revocations revocations;

  /** The server's certificate, and when it is due for renewal. */
  private record CurrentCertificate(
      SSLContext context, X509Certificate certificate, Instant dueAt) {}

  private volatile CurrentCertificate current;

  private ServerTrust(ServerHome home, Clock clock) throws IOException, TrustException {
    this.home = home;
    this.clock = clock;
    this.authority = new Authority(home, clock);
    this.revocations = new Revocations(home, clock);
    this.current = load();
  }

  /** Opens a server's directory; the server's certificate is renewed when it is due. */
  public static ServerTrust open(Path directory, Clock clock) throws IOException, TrustException {
    return new ServerTrust(ServerHome.open(directory), clock);
  }

  private CurrentCertificate load() throws IOException, TrustException {
    KeyIdentity identity = home.identity(clock.instant());
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      SingleKeyManager key =
          new SingleKeyManager(identity.key(), identity.certificate(), identity.authority());
      ClientTrustManager check =
          new ClientTrustManager(
              identity.authority(), client -> revocations.refusal(PeerIdentity.of(client)), clock);
      context.init(new KeyManager[] {key}, new TrustManager[] {check}, null);
      X509Certificate certificate = identity.certificate();
      return new CurrentCertificate(context, certificate, Lifetime.dueAt(certificate));
    } catch (GeneralSecurityException e) {
      throw new TrustException("TLS can't be used: " + e.getMessage(), "");
    }
  }

  /**
   * An engine for one accepted connection.
   *
   * @throws TrustException when the server's certificate has expired and can't be renewed
   */
  public SSLEngine engine() throws IOException, TrustException {
    if (!clock.instant().isBefore(current.dueAt)) {
      renew();
    }
    SSLEngine engine = current.context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setWantClientAuth(true);
    engine.setSSLParameters(parameters);
    return engine;
  }

  private synchronized void renew() throws IOException, TrustException {
    Instant now = clock.instant();
    if (now.isBefore(current.dueAt)) {
      return;
    }
    try {
      current = load();
    } catch (IOException | TrustException e) {
      if (now.isAfter(current.certificate.getNotAfter().toInstant())) {
        throw e;
      }
      // The current one is still valid.
    }
  }

  /**
   * The client's identity, after the handshake; empty for one without a certificate. To be called
   * for each connection: a resumed session does not check the certificate again.
   *
   * @throws TrustException when the certificate is no longer valid
   */
  public Optional<PeerIdentity> peer(SSLSession session) throws TrustException {
    PeerIdentity peer;
    try {
      Certificate[] chain = session.getPeerCertificates();
      peer = PeerIdentity.of((X509Certificate) chain[0]);
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    } catch (CertificateException e) {
      throw new TrustException(e.getMessage(), "");
    }
    String refusal = revocations.refusal(peer);
    if (!refusal.isEmpty()) {
      throw new TrustException(refusal, "enrol again, with a token for that name");
    }
    return Optional.of(peer);
  }

  /**
   * Answers the first message of a client without a certificate.
   *
   * @return {@link Message.Enrolled} or {@link Message.Refused}, after which nothing more is said
   */
  public Message answer(Message.Enroll asked) throws IOException {
    if (asked.version() != Message.VERSION) {
      return new Message.Refused("the server is of another version of appaware");
    }
    try {
      return new Message.Enrolled(base64(authority.enrol(asked)));
    } catch (TrustException e) {
      String help = e.help().isEmpty() ? "" : ": " + e.help();
      return new Message.Refused(e.getMessage() + help);
    }
  }

  /**
   * Answers this message of a client whose certificate is valid.
   *
   * @return {@link Message.Renewed} or {@link Message.NotRenewed}
   */
  public Message answer(PeerIdentity peer, Message.Renew asked) throws IOException {
    if (asked.version() != Message.VERSION) {
      return new Message.NotRenewed("the server is of another version of appaware");
    }
    try {
      X509Certificate next = authority.renew(peer, asked.publicKey(), asked.proof());
      return new Message.Renewed(base64(next));
    } catch (TrustException e) {
      return new Message.NotRenewed(e.getMessage());
    }
  }

  /** The identity in the certificate that was just issued. */
  public PeerIdentity peer(Message.Renewed renewed) throws IOException {
    try {
      return PeerIdentity.of(Pem.certificate(Base64.getDecoder().decode(renewed.certificate())));
    } catch (CertificateException e) {
      throw new IOException(e);
    }
  }

  private static String base64(X509Certificate certificate) throws TrustException {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateException e) {
      throw new TrustException("certificates can't be written: " + e.getMessage(), "");
    }
  }

  /** Which certificates are still valid, also on open connections. */
  public Revocations revocations() {
    return revocations;
  }

  @Override
  public void close() {
    revocations.close();
  }
}
