package io.github.appaware.link;

import java.io.IOException;

/**
 * A server does not accept the client, as its certificate was revoked or for another reason: it is
 * not away, and trying again helps only once the client is enrolled again.
 */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }
}
