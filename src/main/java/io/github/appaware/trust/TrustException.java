package io.github.appaware.trust;

/** Something about keys, certificates or tokens is not as it must be. */
public final class TrustException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String help;

  TrustException(String message, String help) {
    super(message);
    this.help = help;
  }

  /** What to do about it, or empty. */
  public String help() {
    return help;
  }
}
