package io.github.appaware.linux;

import java.io.IOException;

/** The system, its architecture or this JVM can't do the call; the message says which and why. */
public final class UnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  UnavailableException(String reason) {
    super(reason);
  }
}
