package io.github.appaware.policy.model;

import java.util.Collection;
import java.util.stream.Collectors;

/** Puts the user's words into messages. */
public final class UserText {
  /** Longer than any sensible key or value, short enough for a line. */
  private static final int CAP = 120;

  private UserText() {}

  /**
   * The words in backticks, cut after 120 characters. What would steer a terminal or turn text
   * around is escaped; letters of all languages stay, as these are the user's own words.
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

  /** Whether it is made of letters and hyphens alone, so can't be meant as an address. */
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
