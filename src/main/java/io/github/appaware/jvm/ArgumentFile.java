package io.github.appaware.jvm;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the text of an {@code @argfile} into words as the {@code java} launcher does ({@code
 * nextToken} in OpenJDK's {@code libjli/args.c}), including its quirks: an unclosed quote ends with
 * its line, {@code #} inside an unquoted word drops the text between it and the last quote, an
 * empty pair of quotes at the end of the file is not a word, a zero byte hides what follows it up
 * to the next quote or escape, and a word that lies across two of the blocks in which the file is
 * read keeps its first part.
 */
final class ArgumentFile {
  /** Bytes that the launcher reads at once. */
  private static final int BLOCK = 4_096;

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

  /** The part of the word that can't be lost any more, or null while there is none. */
  private StringBuilder kept;

  private final StringBuilder pending = new StringBuilder();
  private State state = State.BETWEEN;
  private char quote;

  private ArgumentFile() {}

  static List<String> words(byte[] bytes) {
    String text = NativeText.raw(bytes);
    ArgumentFile file = new ArgumentFile();
    for (int i = 0; i < text.length(); i++) {
      if (i > 0 && i % BLOCK == 0) {
        file.endBlock();
      }
      file.read(text.charAt(i));
    }
    return file.end();
  }

  private void endBlock() {
    if ((state == State.WORD || state == State.QUOTED) && !pending.isEmpty()) {
      keep();
    }
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
      words.add(NativeText.word(kept.toString()));
      kept = null;
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
    endBlock();
    if ((state == State.WORD || state == State.QUOTED) && kept != null) {
      words.add(NativeText.word(kept.toString()));
    }
    return words;
  }

  private void keep() {
    kept = kept == null ? new StringBuilder() : kept;
    int zero = pending.indexOf("\0");
    kept.append(pending, 0, zero < 0 ? pending.length() : zero);
    pending.setLength(0);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
