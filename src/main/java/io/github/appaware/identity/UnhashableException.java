package io.github.appaware.identity;

import java.io.IOException;

/**
 * Files that are not hashed although they may be readable: they are too many or too large, take too
 * long, or lie in a pseudo file system. Not an error of the files, so it is never digested as one:
 * the application has no hash then.
 */
final class UnhashableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The reason, to be read after {@code has no SHA-256:}. */
  UnhashableException(String reason) {
    super(reason);
  }
}
