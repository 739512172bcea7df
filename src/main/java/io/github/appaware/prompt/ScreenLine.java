package io.github.appaware.prompt;

/**
 * One line of a question: no wider than the terminal, and nothing in it steers the terminal.
 *
 * @param style how the whole line looks
 */
record ScreenLine(String text, Style style) {
  /** How a line looks. */
  enum Style {
    PLAIN(""),
    STRONG("\u001b[1m"),
    FAINT("\u001b[2m"),
    WARNING("\u001b[1;31m"),
    CHOSEN("\u001b[7m");

    private final String start;

    Style(String start) {
      this.start = start;
    }

    String start() {
      return start;
    }
  }

  static ScreenLine plain(String text) {
    return new ScreenLine(text, Style.PLAIN);
  }
}
