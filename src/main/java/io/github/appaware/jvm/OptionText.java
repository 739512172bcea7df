package io.github.appaware.jvm;

import static io.github.appaware.jvm.OptionException.quoted;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits options that stand in one text: {@code JDK_JAVA_OPTIONS} ({@code expand} in OpenJDK's
 * {@code libjli/args.c}), and {@code JAVA_TOOL_OPTIONS}, {@code _JAVA_OPTIONS} and the files of
 * {@code -XX:VMOptionsFile} ({@code parse_options_buffer} in HotSpot's {@code arguments.cpp}). The
 * rules are the same: words are separated by white space; between quotes of either kind, also
 * within a word, everything but the quote stands for itself; there are no escapes.
 */
final class OptionText {
  private OptionText() {}

  /**
   * The words of a variable's value, or of a file.
   *
   * @param place the variable or file, for the message
   * @throws OptionException for a quote that is never closed
   */
  static List<String> words(String place, String text) throws OptionException {
    return split(place, text, true);
  }

  /** The same where quotes mean nothing. */
  static List<String> unquotedWords(String text) throws OptionException {
    return split("", text, false);
  }

  /** A word as it must stand in such a text. */
  static String escaped(String word) {
    boolean plain = !word.isEmpty();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      plain &= !isSpace(c) && c != '"' && c != '\'';
    }
    return plain ? word : "\"" + word.replace("\"", "\"'\"'\"") + "\"";
  }

  private static List<String> split(String place, String text, boolean quotes)
      throws OptionException {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSpace(c)) {
        if (word != null) {
          words.add(word.toString());
          word = null;
        }
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (!quotes || (c != '"' && c != '\'')) {
        word.append(c);
        continue;
      }
      int close = text.indexOf(c, i + 1);
      if (close < 0) {
        throw new OptionException(quoted(place) + " has an unclosed quote");
      }
      word.append(text, i + 1, close);
      i = close;
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }

  /** {@code isspace} of the C locale. */
  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
