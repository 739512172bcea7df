package io.github.appaware.trust;

import io.github.appaware.wire.Anchor;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** A server's look at a client that shows a certificate. */
final class ClientCheck extends X509ExtendedTrustManager {
  private final X509Certificate authority;
  private final Revocations revocations;
  private final Clock clock;

  ClientCheck(X509Certificate authority, Revocations revocations, Clock clock) {
    this.authority = authority;
    this.revocations = revocations;
    this.clock = clock;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    Anchor.requireInForce("the client's certificate", chain[0], clock.instant());
    try {
      Anchor.manager(authority, clock).checkClientTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw new CertificateException(
          "the client's certificate is not one of this server's: " + e.getMessage(), e);
    }
    String refusal = revocations.refusal(Peer.of(chain[0]));
    if (!refusal.isEmpty()) {
      throw new CertificateException(refusal);
    }
  }

  /** None is named: a client has one certificate, and shows it or not. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("only engines are checked");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("only engines are checked");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is not a client");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("this is not a client");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this is not a client");
  }
}
