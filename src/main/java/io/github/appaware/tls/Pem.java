package io.github.appaware.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Keys and certificates as text (RFC 7468). Text outside of the blocks is commentary. */
public final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private Pem() {}

  /** A block of a certificate. */
  public static String of(X509Certificate certificate) throws GeneralSecurityException {
    return block(CERTIFICATE, certificate.getEncoded());
  }

  /** A block of a key, unencrypted. */
  public static String of(PrivateKey key) {
    return block(PRIVATE_KEY, key.getEncoded());
  }

  private static String block(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
  }

  /** All certificates in it, in their order. */
  public static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    List<X509Certificate> all = new ArrayList<>();
    for (byte[] der : blocks(CERTIFICATE, text)) {
      all.add(certificate(der));
    }
    return all;
  }

  /** The one key in it, of an elliptic curve. */
  public static PrivateKey key(String text) throws GeneralSecurityException {
    List<byte[]> keys = blocks(PRIVATE_KEY, text);
    if (keys.size() != 1) {
      throw new GeneralSecurityException("it has " + keys.size() + " private keys");
    }
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
  }

  /** A certificate as DER, and nothing behind it. */
  public static X509Certificate certificate(byte[] der) throws CertificateException {
    ByteArrayInputStream in = new ByteArrayInputStream(der);
    X509Certificate certificate =
        (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    if (in.available() > 0) {
      throw new CertificateException("there is something behind the certificate");
    }
    return certificate;
  }

  private static List<byte[]> blocks(String label, String text) throws GeneralSecurityException {
    String begin = BEGIN + label + DASHES;
    String end = END + label + DASHES;
    List<byte[]> found = new ArrayList<>();
    for (int from = text.indexOf(begin); from >= 0; from = text.indexOf(begin, from)) {
      int until = text.indexOf(end, from);
      if (until < 0) {
        throw new GeneralSecurityException("a block does not end");
      }
      try {
        String body = text.substring(from + begin.length(), until);
        found.add(Base64.getMimeDecoder().decode(body));
      } catch (IllegalArgumentException e) {
        throw new GeneralSecurityException("a block is not Base64: " + e.getMessage(), e);
      }
      from = until;
    }
    return found;
  }
}
