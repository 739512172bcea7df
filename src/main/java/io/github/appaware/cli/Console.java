package io.github.appaware.cli;

import java.io.PrintWriter;

/**
 * The two streams. Only results go to {@code out}; everything about the run goes to {@code err},
 * line by line behind the program's name, as the target shares both.
 */
record Console(PrintWriter out, PrintWriter err) {
  /** One message, which may have several lines. */
  void tell(String text) {
    err.println("appaware: " + text.replace("\n", "\n          "));
  }

  /** What went wrong, and what to do about it. */
  void fail(String message, String help) {
    tell(message);
    if (!help.isEmpty()) {
      err.println("  help: " + help);
    }
  }
}
