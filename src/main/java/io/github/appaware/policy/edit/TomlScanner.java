package io.github.appaware.policy.edit;

/**
 * Splits TOML text into tokens: white space, comments, strings of all four kinds, and bare words.
 * Only for text that the strict reader has accepted; on other text it throws {@link
 * IllegalStateException}.
 */
final class TomlScanner {
  private final String text;
  private int at;
  private int line = 1;

  TomlScanner(String text) {
    this.text = text;
  }

  int at() {
    return at;
  }

  int line() {
    return line;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** The next character, or 0 at the end. */
  char peek() {
    return atEnd() ? 0 : text.charAt(at);
  }

  boolean accept(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  void expect(char c) {
    if (!accept(c)) {
      throw new IllegalStateException("no `" + c + "` in line " + line);
    }
  }

  void skipSpace() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  boolean isAtLineEnd() {
    return peek() == '\n' || text.startsWith("\r\n", at);
  }

  /** Skips a line end, if one is next. */
  boolean acceptLineEnd() {
    if (!isAtLineEnd()) {
      return false;
    }
    at = text.indexOf('\n', at) + 1;
    line++;
    return true;
  }

  /** A comment up to the line end, without white space at its end; empty if there is none. */
  String comment() {
    if (peek() != '#') {
      return "";
    }
    int start = at;
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
    String comment = text.substring(start, at);
    if (comment.endsWith("\r")) {
      at--;
    }
    return comment.stripTrailing();
  }

  /** Part of a key: a bare word or a string of one line. */
  String keyPart() {
    return isQuote(peek()) ? string() : bare(".= \t]\r\n");
  }

  /** A value without brackets or braces. */
  String scalar() {
    if (isQuote(peek())) {
      return string();
    }
    String word = bare(",]}# \t\r\n");
    // A date and a time may have a space between them.
    boolean date = word.length() == 10 && word.charAt(4) == '-' && word.charAt(7) == '-';
    if (date && peek() == ' ' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))) {
      at++;
      return word + " " + bare(",]}# \t\r\n");
    }
    return word;
  }

  private String bare(String ends) {
    int start = at;
    while (!atEnd() && ends.indexOf(peek()) < 0) {
      at++;
    }
    if (at == start) {
      throw new IllegalStateException("nothing in line " + line);
    }
    return text.substring(start, at);
  }

  private String string() {
    char quote = peek();
    String three = String.valueOf(quote).repeat(3);
    int start = at;
    if (text.startsWith(three, at)) {
      at = endOf(three, at + 3);
      // Up to two quotes more may stand in front of the three that end it.
      for (int i = 0; i < 2 && peek() == quote; i++) {
        at++;
      }
    } else {
      at = endOf(String.valueOf(quote), at + 1);
    }
    String raw = text.substring(start, at);
    line += (int) raw.chars().filter(c -> c == '\n').count();
    return raw;
  }

  private int endOf(String quotes, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.startsWith(quotes, i)) {
        return i + quotes.length();
      }
      if (text.charAt(i) == '\\' && quotes.charAt(0) == '"') {
        i++;
      }
    }
    throw new IllegalStateException("no end of a string in line " + line);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }
}
