package io.github.appaware.identity;

import io.github.appaware.event.Text;

/** The target can't be identified, so it must not be started. */
public final class TargetException extends Exception {
  private static final long serialVersionUID = 1L;

  /** appaware itself can't go on: nothing was run. */
  static final int FAILED = 125;

  /** The command was found, but is nothing that can be executed. */
  static final int NOT_EXECUTABLE = 126;

  /** The command was not found. */
  static final int NOT_FOUND = 127;

  private final int status;
  private final String help;

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

  /** Words of a command line in a message: in backticks, fit to be printed. */
  static String quoted(String words) {
    return "`" + Text.printable(words) + "`";
  }

  /** The exit status that says what went wrong, as in a POSIX shell: 125, 126 or 127. */
  public int status() {
    return status;
  }

  /** What the user may do about it, in one line; empty when there is nothing to say. */
  public String help() {
    return help;
  }
}
