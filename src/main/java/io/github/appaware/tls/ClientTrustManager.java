package io.github.appaware.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Checks the certificate that a client presents to a server. */
public final class ClientTrustManager extends X509ExtendedTrustManager {
  /** Says whether a client whose certificate is this authority's is still admitted. */
  @FunctionalInterface
  public interface Admission {
    /**
     * Checks one client.
     *
     * @return why it is refused, or empty
     * @throws CertificateException when the certificate names no client
     */
    String refusal(X509Certificate client) throws CertificateException;
  }

  private final X509Certificate authority;
  private final Admission admission;
  private final Clock clock;

  public ClientTrustManager(X509Certificate authority, Admission admission, Clock clock) {
    this.authority = authority;
    this.admission = admission;
    this.clock = clock;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    TrustAnchors.requireInForce("the client's certificate", chain[0], clock.instant());
    try {
      TrustAnchors.manager(authority, clock).checkClientTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw new CertificateException(
          "the client's certificate is not one of this server's: " + e.getMessage(), e);
    }
    String refusal = admission.refusal(chain[0]);
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
