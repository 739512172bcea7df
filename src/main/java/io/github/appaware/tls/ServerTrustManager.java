package io.github.appaware.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks a server's certificate for a client: its chain must end in the certificate authority with
 * this fingerprint, be in force, be made for servers, and name the host that the client connects
 * to.
 */
final class ServerTrustManager extends X509ExtendedTrustManager {
  /** The second part of the subject of each server's certificate. */
  private static final String SERVER = "OU=server";

  private final String fingerprint;
  private final Clock clock;
  private volatile X509Certificate authority;

  ServerTrustManager(String fingerprint, Clock clock) {
    this.fingerprint = fingerprint;
    this.clock = clock;
  }

  /** The authority, once a server has shown it; else null. */
  X509Certificate authority() {
    return authority;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    X509Certificate anchor = null;
    for (X509Certificate each : chain) {
      if (TrustAnchors.fingerprint(each).equals(fingerprint)) {
        anchor = each;
      }
    }
    if (anchor == null || anchor.equals(chain[0]) || anchor.getBasicConstraints() < 0) {
      throw new CertificateException(
          "the server's certificate does not come from the authority with the SHA-256 "
              + fingerprint);
    }
    TrustAnchors.requireInForce("the server's certificate", chain[0], clock.instant());
    X509ExtendedTrustManager jdk = TrustAnchors.manager(anchor, clock);
    jdk.checkServerTrusted(chain, type);
    if (!chain[0].getSubjectX500Principal().getName().endsWith(SERVER)) {
      throw new CertificateException("the other side's certificate is not a server's");
    }
    try {
      jdk.checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw new CertificateException(
          "the server's certificate is for "
              + names(chain[0])
              + ", not for `"
              + engine.getPeerHost()
              + "`",
          e);
    }
    authority = anchor;
  }

  private static String names(X509Certificate certificate) throws CertificateException {
    StringBuilder names = new StringBuilder();
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    if (all != null) {
      for (List<?> each : all) {
        names.append(names.length() == 0 ? "" : ", ").append('`').append(each.get(1)).append('`');
      }
    }
    return names.length() == 0 ? "no host" : names.toString();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("no server is trusted without the name of its host");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("no server is trusted without the name of its host");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is not a server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("this is not a server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this is not a server");
  }
}
