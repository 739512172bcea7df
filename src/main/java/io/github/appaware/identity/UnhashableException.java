package io.github.appaware.identity;

import java.io.IOException;

/**
 * Files are not hashed although they may be readable: they are too many or too large, take too long
 * to read, or are in a pseudo file system. The application then has no hash; it is not digested as
 * an unreadable file.
 */
final class UnhashableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The reason, which continues the text {@code has no SHA-256:}. */
  UnhashableException(String reason) {
    super(reason);
  }
}
