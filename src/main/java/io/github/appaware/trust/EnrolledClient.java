package io.github.appaware.trust;

import java.time.Instant;
import java.util.Optional;

/**
 * A name that has, or had, certificates.
 *
 * @param enrolled when it last got a certificate for a token
 * @param expiry of its newest certificate; empty if an earlier version issued it
 * @param revoked whether none of its certificates is valid any more
 */
public record EnrolledClient(
    String name, Role role, Instant enrolled, Optional<Instant> expiry, boolean revoked) {
  EnrolledClient asRevoked() {
    return new EnrolledClient(name, role, enrolled, expiry, true);
  }

  /** Whether a connection with its newest certificate is refused at that time. */
  public boolean isInvalid(Instant now) {
    return revoked || expiry.filter(now::isAfter).isPresent();
  }
}
