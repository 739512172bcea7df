package io.github.appaware.policy.model;

/**
 * A value that can't be understood; whoever knows where it stands makes a {@link Problem} of it.
 */
public final class MalformedValue extends Exception {
  private static final long serialVersionUID = 1;

  private final String help;

  /**
   * Without a stack trace: it is an answer, not a failure.
   *
   * @param help what to write instead, or empty
   */
  public MalformedValue(String message, String help) {
    super(message, null, false, false);
    this.help = help;
  }

  /** What to write instead, or empty. */
  public String help() {
    return help;
  }
}
