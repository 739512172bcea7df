package io.github.appaware.policy.edit;

/**
 * A policy was not changed. Everything that is stored is as it was, unless the message says
 * otherwise.
 */
public final class EditException extends Exception {
  private static final long serialVersionUID = 1;

  private final String help;

  /**
   * Why nothing was changed.
   *
   * @param help what to do about it, or empty
   */
  public EditException(String message, String help) {
    super(message);
    this.help = help;
  }

  /** What to do about it, or empty. */
  public String help() {
    return help;
  }
}
