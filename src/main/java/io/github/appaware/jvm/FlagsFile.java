package io.github.appaware.jvm;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a file of {@code -XX:Flags} into words ({@code process_settings_file} in HotSpot's {@code
 * arguments.cpp}): each is what follows {@code -XX:} elsewhere. A quote that begins a word stands
 * for itself, a line break ends a word even within quotes, and a word of 1,023 bytes ends the
 * reading.
 */
final class FlagsFile {
  private static final int LONGEST_WORD = 1_023;

  private FlagsFile() {}

  static List<String> words(byte[] bytes) {
    String text = NativeText.raw(bytes);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    boolean inComment = false;
    char quote = 0;
    for (int i = 0; i < text.length() && word.length() < LONGEST_WORD; i++) {
      char c = text.charAt(i);
      if (!inWord) {
        if (inComment) {
          inComment = c != '\n';
        } else if (c == '#') {
          inComment = true;
        } else if (!OptionText.isSpace(c)) {
          inWord = true;
          word.append(c);
        }
      } else if (c == '\n' || (quote == 0 && OptionText.isSpace(c))) {
        words.add(NativeText.word(word.toString()));
        word.setLength(0);
        inWord = false;
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(NativeText.word(word.toString()));
    }
    return words;
  }
}
