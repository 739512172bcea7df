package io.github.appaware.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;

/**
 * The subject of a client's certificate, for messages and comments: nothing is decided by it.
 *
 * @param name of the client, or the whole subject where it has another form
 * @param role in lower case, or empty
 */
public record Subject(String name, String role) {
  private static final String NAME = "CN=";
  private static final String ROLE = ",OU=";

  /** Reads {@code CN=NAME,OU=ROLE}. */
  public static Subject of(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    int role = subject.indexOf(ROLE);
    if (!subject.startsWith(NAME) || role < 0) {
      return new Subject(subject, "");
    }
    return new Subject(
        subject.substring(NAME.length(), role),
        subject.substring(role + ROLE.length()).toLowerCase(Locale.ROOT));
  }

  /** The first line of a file with its key. */
  public String describe(Object server, Instant written) {
    return role + " " + name + " of " + server + "; written " + written;
  }
}
