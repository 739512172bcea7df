package io.github.appaware.prompt;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Warns about host names that are not plain ASCII. */
final class HostText {
  private static final int LONGEST = 253;

  private HostText() {}

  /** Lines to show below the name; empty for plain names. */
  static List<String> warnings(String host) {
    List<String> lines = new ArrayList<>();
    if (host.length() > LONGEST) {
      lines.add("longer than any real name: " + host.length() + " characters");
      return lines;
    }
    boolean ascii = host.chars().allMatch(c -> c < 0x80);
    boolean encoded = host.toLowerCase(Locale.ROOT).contains("xn--");
    if (ascii && !encoded) {
      return lines;
    }
    String unicode = inLetters(host);
    if (ascii && unicode.equals(host)) {
      lines.add("\"xn--\" without a meaning: no letters stand behind it");
      return lines;
    }
    if (isShowable(unicode)) {
      lines.add("in letters: " + unicode);
    } else {
      lines.add("holds characters that can't be shown");
    }
    Set<String> alphabets = alphabets(unicode);
    if (isMixed(unicode)) {
      lines.add("several alphabets in one word: " + String.join(", ", alphabets));
    }
    lines.add("it may only look like a name that you know (" + String.join(", ", alphabets) + ")");
    return lines;
  }

  private static String inLetters(String host) {
    try {
      return IDN.toUnicode(host, IDN.ALLOW_UNASSIGNED);
    } catch (RuntimeException e) {
      return host; // documented never to fail
    }
  }

  /** Letters and digits of any alphabet that do not change each other's looks. */
  private static boolean isShowable(String name) {
    return name.codePoints().allMatch(HostText::isShowable);
  }

  private static boolean isShowable(int code) {
    if (code < 0x80) {
      return code > ' ' && code != 0x7f;
    }
    return switch (Character.getType(code)) {
      case Character.LOWERCASE_LETTER,
          Character.UPPERCASE_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER ->
          switch (Character.getDirectionality(code)) {
            // Letters that run from right to left would turn the line around.
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT, Character.DIRECTIONALITY_EUROPEAN_NUMBER ->
                !isFiller(code);
            default -> false;
          };
      default -> false;
    };
  }

  /** Letters that are not visible: the Hangul fillers. */
  private static boolean isFiller(int code) {
    return code == 0x115f || code == 0x1160 || code == 0x3164 || code == 0xffa0;
  }

  private static boolean isMixed(String name) {
    for (String label : name.split("\\.", -1)) {
      Set<String> here = alphabets(label);
      here.removeAll(Set.of("Han", "Hiragana", "Katakana")); // Japanese is written with all three
      if (here.size() > 1) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> alphabets(String text) {
    Set<String> names = new TreeSet<>();
    text.codePoints()
        .filter(Character::isLetter)
        .mapToObj(Character.UnicodeScript::of)
        .filter(script -> script != Character.UnicodeScript.COMMON)
        .forEach(
            script -> {
              String name = script.name();
              names.add(name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT));
            });
    return names;
  }
}
