package io.github.appaware.prompt;

import java.util.List;

/**
 * The colours of our own words. They repeat what the words say, so that nothing is lost without
 * them, and prove nothing: a program can write the same.
 *
 * <p>A program of the run can also redefine the palette, and so make a colour of it invisible. In a
 * question, therefore, only keys have colours, and these are given by their red, green and blue,
 * where the terminal has such colours: no palette changes them. They are of medium brightness, with
 * a contrast of 4.5 to black as well as to white, the least that WCAG 2.1 asks for. What is asked
 * is in the terminal's own colours, which {@link ProgramSettings} resets, and told apart by bold,
 * underlined and reverse. Elsewhere, where a program can overwrite everything anyway, the palette
 * is used, which suits the user's theme.
 */
public final class Paint {
  private static final String END = "\u001b[0m";
  private static final String GREEN = "\u001b[1;32m";
  private static final String RED = "\u001b[1;31m";
  private static final String BOLD = "\u001b[1m";
  private static final String KEY_RGB = "\u001b[1;38;2;0;119;214m";
  private static final String ALLOW_RGB = "\u001b[38;2;0;137;0m";
  private static final String DENY_RGB = "\u001b[38;2;230;30;30m";
  private static final String BETWEEN = "  ";

  private static final List<String> GOOD = List.of("allowed", "allow", "ok");
  private static final List<String> BAD =
      List.of("denied", "deny", "FAIL", "error", "NOT", "would be denied");

  private Paint() {}

  /** The text in the colour of what is allowed or in order. */
  public static String good(String text) {
    return GREEN + text + END;
  }

  /** The text in the colour of what is denied or wrong. */
  public static String bad(String text) {
    return RED + text + END;
  }

  /** The text, as it stands out in the terminal's own colours. */
  public static String strong(String text) {
    return BOLD + text + END;
  }

  /** A word that says what became of something in its colour; others stay as they are. */
  public static String word(String word) {
    return GOOD.contains(word) ? good(word) : BAD.contains(word) ? bad(word) : word;
  }

  /** The same for the first word behind a message's mark or indentation. */
  public static String message(String line) {
    int start = line.startsWith(MessageWrap.MARK) ? MessageWrap.MARK.length() : 0;
    while (start < line.length() && line.charAt(start) == ' ') {
      start++;
    }
    for (List<String> words : List.of(GOOD, BAD)) {
      for (String word : words) {
        int end = start + word.length();
        if (line.startsWith(word, start) && (end == line.length() || isEnd(line.charAt(end)))) {
          return line.substring(0, start) + word(word) + line.substring(end);
        }
      }
    }
    return line;
  }

  private static boolean isEnd(char c) {
    return c == ' ' || c == ':' || c == ',';
  }

  /** A line of keys with what they do, which holds no text of a program: {@code [a] allow once}. */
  static String keys(String line, boolean rgb) {
    StringBuilder painted = new StringBuilder(line.length() + 80);
    int at = 0;
    while (at < line.length()) {
      int open = line.indexOf('[', at);
      int close = line.indexOf(']', open);
      if (open < 0 || close < 0) {
        break;
      }
      painted.append(line, at, open).append(rgb ? KEY_RGB : BOLD);
      painted.append(line, open, close + 1).append(END);
      int next = line.indexOf(BETWEEN, close);
      int bracket = line.indexOf('[', close);
      int end = Math.min(next < 0 ? line.length() : next, bracket < 0 ? line.length() : bracket);
      painted.append(action(line.substring(close + 1, end), rgb));
      at = end;
    }
    return painted.append(line.substring(at)).toString();
  }

  private static String action(String text, boolean rgb) {
    if (!rgb) {
      return text;
    }
    return text.contains("allow") == text.contains("deny")
        ? text
        : (text.contains("allow") ? ALLOW_RGB : DENY_RGB) + text + END;
  }
}
