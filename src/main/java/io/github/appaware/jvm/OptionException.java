package io.github.appaware.jvm;

import io.github.appaware.event.Text;

/**
 * The command line can't be read: the JVM refuses it as well, or a file that it names can't be read
 * beforehand.
 */
public final class OptionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String help;

  OptionException(String message) {
    this(message, "");
  }

  OptionException(String message, String help) {
    super(message);
    this.help = help;
  }

  /** Words of a command line in a message: in backticks, fit to be printed. */
  static String quoted(String words) {
    return "`" + Text.printable(words) + "`";
  }

  /** What the user may do about it, in one line; empty when there is nothing to say. */
  public String help() {
    return help;
  }
}
