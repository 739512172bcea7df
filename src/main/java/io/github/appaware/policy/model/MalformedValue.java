package io.github.appaware.policy.model;

/** A value is malformed. The caller knows its position and makes a {@link Problem} of it. */
public final class MalformedValue extends Exception {
  private static final long serialVersionUID = 1;

  private final String help;

  /**
   * Has no stack trace: malformed values are expected.
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
