package io.github.appaware.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks our own messages at words. A command between backticks stays in one piece, even if it is
 * longer than a line: the terminal breaks it, and it can be copied.
 */
public final class MessageWrap {
  /** What each message begins with. */
  public static final String MARK = "appaware: ";

  private MessageWrap() {}

  /**
   * The lines of one line.
   *
   * @param columns of the terminal; 0 for no limit
   */
  public static List<String> wrap(String line, int columns) {
    if (columns <= 0 || LineFitter.width(line) <= columns) {
      return List.of(line);
    }
    String indent = indent(line);
    List<String> lines = new ArrayList<>();
    StringBuilder now = new StringBuilder();
    for (String word : words(line)) {
      boolean fits = LineFitter.width(now.toString()) + LineFitter.width(word) <= columns;
      if (!fits && !now.toString().isBlank()) {
        lines.add(now.toString().stripTrailing());
        now.setLength(0);
        now.append(indent).append(word.stripLeading());
      } else {
        now.append(word);
      }
    }
    lines.add(now.toString().stripTrailing());
    return lines;
  }

  /** What follows stands below the first word of the message. */
  private static String indent(String line) {
    int start = line.startsWith(MARK) ? MARK.length() : 0;
    while (start < line.length() && line.charAt(start) == ' ') {
      start++;
    }
    return " ".repeat(start);
  }

  /** The words, each with the spaces before it. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean begins = c == ' ' && !quoted && !word.toString().isBlank();
      if (begins) {
        words.add(word.toString());
        word.setLength(0);
      }
      quoted ^= c == '`';
      word.append(c);
    }
    words.add(word.toString());
    return words;
  }
}
