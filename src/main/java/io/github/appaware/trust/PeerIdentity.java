package io.github.appaware.trust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of the peer of a connection, by its certificate.
 *
 * @param name in lower case
 * @param serial of the certificate, hexadecimal
 * @param notAfter when the certificate expires
 */
public record PeerIdentity(String name, Role role, String serial, Instant notAfter) {
  /** The whole subject has these two parts and no others. */
  private static final Pattern SUBJECT = Pattern.compile("CN=([^,=+\\\\]+),OU=([a-z]+)");

  /** The identity in a client's certificate. */
  public static PeerIdentity of(X509Certificate certificate) throws CertificateException {
    String subject = certificate.getSubjectX500Principal().getName();
    Matcher parts = SUBJECT.matcher(subject);
    if (!parts.matches() || !EnrolledName.isGood(parts.group(1))) {
      throw new CertificateException("the certificate is not a client's: " + subject);
    }
    Role role =
        Role.of(parts.group(2))
            .orElseThrow(() -> new CertificateException("there is no role like in " + subject));
    return new PeerIdentity(
        parts.group(1),
        role,
        certificate.getSerialNumber().toString(16),
        certificate.getNotAfter().toInstant());
  }
}
