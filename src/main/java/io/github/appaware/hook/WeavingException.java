package io.github.appaware.hook;

/** A hook could not be woven; nothing may run without it. */
public final class WeavingException extends Exception {
  private static final long serialVersionUID = 1L;

  WeavingException(String message) {
    super(message);
  }

  WeavingException(String message, Throwable cause) {
    super(message, cause);
  }
}
