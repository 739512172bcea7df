package io.github.appaware.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The one certificate authority that is trusted. */
public final class TrustAnchors {
  private TrustAnchors() {}

  /** What the JDK checks of a chain that must end in this authority now. */
  public static X509ExtendedTrustManager manager(X509Certificate authority, Clock clock)
      throws CertificateException {
    requireInForce("the authority's certificate", authority, clock.instant());
    try {
      PKIXBuilderParameters parameters =
          new PKIXBuilderParameters(
              Collections.singleton(new TrustAnchor(authority, null)), new X509CertSelector());
      parameters.setRevocationEnabled(false); // no lists to fetch: the server knows by itself
      parameters.setDate(Date.from(clock.instant()));
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(new CertPathTrustManagerParameters(parameters));
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager found) {
          return found;
        }
      }
      throw new CertificateException("this JDK checks no certificates");
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new CertificateException("certificates can't be checked: " + e.getMessage(), e);
    }
  }

  /** Whether now is between a certificate's two dates. */
  public static void requireInForce(String whose, X509Certificate certificate, Instant now)
      throws CertificateException {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from)) {
      throw new CertificateException(
          whose + " is not valid before " + from + ", and now is " + now);
    }
    if (now.isAfter(until)) {
      throw new CertificateException(whose + " expired " + until);
    }
  }

  /** SHA-256 of the whole certificate, in lower-case hexadecimal. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      StringBuilder text = new StringBuilder(2 * hash.length);
      for (byte b : hash) {
        text.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
      }
      return text.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
