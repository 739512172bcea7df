package io.github.appaware.trust;

/** A problem with keys, certificates or tokens. */
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
