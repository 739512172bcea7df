package io.github.appaware.identity;

import io.github.appaware.event.Text;

/** The target can't be identified, so it must not be started. */
public final class TargetException extends Exception {
  private static final long serialVersionUID = 1L;

  /** appaware failed before anything was run. */
  static final int FAILED = 125;

  /** The command was found, but can't be executed. */
  static final int NOT_EXECUTABLE = 126;

  /** The command was not found. */
  static final int NOT_FOUND = 127;

  private final int status;
  private final String help;
  private boolean replaced;

  TargetException(int status, String message, String help) {
    super(message);
    this.status = status;
    this.help = help;
  }

  static TargetException failed(String message) {
    return new TargetException(FAILED, message, "");
  }

  static TargetException failed(String message, String help) {
    return new TargetException(FAILED, message, help);
  }

  /** What runs is not what was measured. */
  static TargetException replaced(String message) {
    TargetException replaced = failed(message);
    replaced.replaced = true;
    return replaced;
  }

  /** Words of a command line in a message: in backticks, with control characters escaped. */
  static String quoted(String words) {
    return "`" + Text.printable(words) + "`";
  }

  /** Whether a process runs something else than what was measured: it must be ended. */
  public boolean isReplaced() {
    return replaced;
  }

  /** The exit status, as of a POSIX shell: 125, 126 or 127. */
  public int status() {
    return status;
  }

  /** A hint for the user, in one line; may be empty. */
  public String help() {
    return help;
  }
}
