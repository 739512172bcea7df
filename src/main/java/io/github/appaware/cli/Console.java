package io.github.appaware.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * The standard streams. Only results go to {@code out}. Messages about the run go to {@code err},
 * each line marked with the program's name, as the target writes to the same stream.
 */
record Console(PrintWriter out, PrintWriter err) {
  /** Prints a message, which may have several lines. */
  void tell(String text) {
    lines(text).forEach(err::println);
  }

  /** The lines that {@link #tell} prints. */
  static List<String> lines(String text) {
    return ("appaware: " + visible(text).replace("\n", "\n          ")).lines().toList();
  }

  /** Prints what went wrong, and what to do about it. */
  void fail(String message, String help) {
    tell(message);
    if (!help.isEmpty()) {
      err.println("  help: " + visible(help));
    }
  }

  /**
   * The text with control and formatting characters escaped as {@code \\}{@code uXXXX}, as they
   * would steer the terminal or reorder the text. Letters of all scripts stay as they are.
   */
  static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean steers = c != '\n' && Character.isISOControl(c);
      if (steers || Character.getType(c) == Character.FORMAT) {
        shown.append(String.format("\\u%04x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
