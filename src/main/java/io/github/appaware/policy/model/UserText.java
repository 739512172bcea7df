package io.github.appaware.policy.model;

import java.util.Collection;
import java.util.stream.Collectors;

/** Quotes the user's text in messages. */
public final class UserText {
  /** Longer than usual keys and values, short enough for a line. */
  private static final int CAP = 120;

  private UserText() {}

  /**
   * The text in backticks, cut after 120 characters. Characters that would control a terminal or
   * change the direction of text are escaped; letters of all languages are not.
   */
  public static String quoted(String words) {
    StringBuilder text = new StringBuilder("`");
    words
        .codePoints()
        .limit(CAP)
        .forEach(
            c -> {
              if (isInvisible(c)) {
                text.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.append(words.codePointCount(0, words.length()) > CAP ? "...`" : "`").toString();
  }

  /** {@code `a`, `b`, `c`}. */
  static String list(Collection<String> words) {
    return words.stream().map(UserText::quoted).collect(Collectors.joining(", "));
  }

  /** Whether the text consists of letters and hyphens, so it can't be meant as an address. */
  static boolean isWord(String text) {
    return text.chars().allMatch(c -> Character.isLetter(c) || c == '-' || c == '_');
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
