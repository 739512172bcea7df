package io.github.appaware.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** When a certificate is to be renewed; the same on clients and servers. */
public final class Lifetime {
  private Lifetime() {}

  /** Whether two thirds of its life are over, or it is not in force at all. */
  public static boolean isDue(X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    return now.isBefore(from) || !now.isBefore(dueAt(certificate));
  }

  /** The end of two thirds of its life. */
  public static Instant dueAt(X509Certificate certificate) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    return from.plus(Duration.between(from, until).multipliedBy(2).dividedBy(3));
  }
}
