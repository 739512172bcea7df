package io.github.appaware.trust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who is at the other end of a connection, as its certificate says.
 *
 * @param name in lower case
 * @param serial of the certificate, hexadecimal
 * @param notAfter when it ends to be valid
 */
public record PeerIdentity(String name, Role role, String serial, Instant notAfter) {
  /** The whole subject: nothing before, between or behind these two. */
  private static final Pattern SUBJECT = Pattern.compile("CN=([^,=+\\\\]+),OU=([a-z]+)");

  /** What a client's certificate says. */
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
