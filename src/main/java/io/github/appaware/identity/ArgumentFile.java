package io.github.appaware.identity;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the text of an {@code @argfile} into words as the {@code java} launcher does ({@code
 * nextToken} in OpenJDK's {@code libjli/args.c}), including its quirks: an unclosed quote ends with
 * its line, {@code #} inside an unquoted word drops the text between it and the last quote, and an
 * empty pair of quotes at the end of the file is not a word.
 */
final class ArgumentFile {
  private enum State {
    BETWEEN,
    COMMENT,
    WORD,
    QUOTED,
    ESCAPED,
    /** After a backslash at the end of a line: the next line's indentation does not count. */
    CONTINUED
  }

  private final List<String> words = new ArrayList<>();

  /** The part of the word that {@code #} can no longer drop, or null if there is none. */
  private StringBuilder prefix;

  private final StringBuilder pending = new StringBuilder();
  private State state = State.BETWEEN;
  private char quote;

  private ArgumentFile() {}

  static List<String> words(String text) {
    ArgumentFile file = new ArgumentFile();
    for (int i = 0; i < text.length(); i++) {
      file.read(text.charAt(i));
    }
    return file.end();
  }

  private void read(char c) {
    switch (state) {
      case BETWEEN, CONTINUED -> {
        if (!isBlank(c) && !isLineEnd(c)) {
          state = state == State.BETWEEN ? State.WORD : State.QUOTED;
          readWord(c);
        }
      }
      case COMMENT -> {
        if (isLineEnd(c)) {
          state = State.BETWEEN;
        }
      }
      case ESCAPED -> readEscaped(c);
      case WORD, QUOTED -> readWord(c);
    }
  }

  private void readEscaped(char c) {
    if (isLineEnd(c)) {
      state = State.CONTINUED;
      return;
    }
    pending.append(
        switch (c) {
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'f' -> '\f';
          default -> c;
        });
    keep();
    state = State.QUOTED;
  }

  private void readWord(char c) {
    boolean quoted = state == State.QUOTED;
    if (isLineEnd(c) || (isBlank(c) && !quoted)) {
      keep();
      words.add(prefix.toString());
      prefix = null;
      state = State.BETWEEN;
    } else if (c == '#' && !quoted) {
      pending.setLength(0);
      state = State.COMMENT;
    } else if (c == '\\' && quoted) {
      keep();
      state = State.ESCAPED;
    } else if (quoted ? c == quote : c == '\'' || c == '"') {
      if (!pending.isEmpty()) {
        keep();
      }
      quote = c;
      state = quoted ? State.WORD : State.QUOTED;
    } else {
      pending.append(c);
    }
  }

  private List<String> end() {
    if (state == State.WORD || state == State.QUOTED) {
      if (!pending.isEmpty()) {
        keep();
      }
      if (prefix != null) {
        words.add(prefix.toString());
      }
    }
    return words;
  }

  private void keep() {
    prefix = prefix == null ? new StringBuilder() : prefix;
    prefix.append(pending);
    pending.setLength(0);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
