package io.github.appaware.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * The two streams. Only results go to {@code out}; everything about the run goes to {@code err},
 * line by line behind the program's name, as the target shares both.
 */
record Console(PrintWriter out, PrintWriter err) {
  /** One message, which may have several lines. */
  void tell(String text) {
    lines(text).forEach(err::println);
  }

  /** The same as lines, for whoever prints them. */
  static List<String> lines(String text) {
    return ("appaware: " + visible(text).replace("\n", "\n          ")).lines().toList();
  }

  /** What went wrong, and what to do about it. */
  void fail(String message, String help) {
    tell(message);
    if (!help.isEmpty()) {
      err.println("  help: " + visible(help));
    }
  }

  /**
   * File names and messages can hold what would steer the terminal or turn text around: shown as
   * {@code \\}{@code uXXXX}. Letters of all scripts stay as they are.
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
