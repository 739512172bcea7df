package io.github.appaware.launch;

/** The run can't start or go on. */
public final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  /** appaware itself failed: nothing was run, or the target was stopped. */
  public static final int FAILED = 125;

  private final int status;
  private final String help;

  LaunchException(int status, String message, String help) {
    super(message);
    this.status = status;
    this.help = help;
  }

  LaunchException(String message, String help) {
    this(FAILED, message, help);
  }

  /** The exit status: 125, 126 or 127. */
  public int status() {
    return status;
  }

  /** What to do about it, or empty. */
  public String help() {
    return help;
  }
}
