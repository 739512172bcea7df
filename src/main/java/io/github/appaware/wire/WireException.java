package io.github.appaware.wire;

import java.io.IOException;

/** The other side broke the protocol; the connection must be closed. */
public final class WireException extends IOException {
  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    super(message);
  }
}
