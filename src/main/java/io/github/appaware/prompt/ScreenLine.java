package io.github.appaware.prompt;

/**
 * One line of a question: no wider than the terminal, and without control characters.
 *
 * @param style the style of the whole line
 */
record ScreenLine(String text, Style style) {
  /** The style of a line. */
  enum Style {
    PLAIN(""),
    STRONG("\u001b[1m"),
    FAINT("\u001b[2m"),
    /** No colour of the palette, which a program can change. */
    WARNING("\u001b[1;4m"),
    CHOSEN("\u001b[7m"),
    /** Keys with what they do; see {@link Paint}. */
    KEYS("");

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
