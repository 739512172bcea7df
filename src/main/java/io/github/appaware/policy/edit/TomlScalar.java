package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.MalformedValue;

/** The canonical form of keys and of values without brackets. */
final class TomlScalar {
  private TomlScalar() {}

  /** Part of a key: bare if it can be. */
  static String key(String raw) {
    String inner = isQuoted(raw) ? raw.substring(1, raw.length() - 1) : raw;
    boolean bare =
        !inner.isEmpty()
            && inner
                .chars()
                .allMatch(
                    c ->
                        (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_');
    return bare ? inner : raw;
  }

  /**
   * A string of one line in the quotes that appaware writes; everything else as it is, also a
   * string that can only be written in a way that some readers misread.
   */
  static String value(String raw) {
    boolean several = raw.startsWith("\"\"\"") || raw.startsWith("'''");
    if (!isQuoted(raw) || several) {
      return raw;
    }
    String inner = raw.substring(1, raw.length() - 1);
    try {
      return TomlString.quote(raw.charAt(0) == '"' ? unescaped(inner) : inner);
    } catch (MalformedValue e) {
      return raw;
    }
  }

  private static boolean isQuoted(String raw) {
    return raw.startsWith("\"") || raw.startsWith("'");
  }

  private static String unescaped(String inner) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inner.length(); i++) {
      if (inner.charAt(i) != '\\') {
        text.append(inner.charAt(i));
        continue;
      }
      char c = inner.charAt(++i);
      int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
      if (digits > 0) {
        text.appendCodePoint(Integer.parseInt(inner.substring(i + 1, i + 1 + digits), 16));
        i += digits;
      } else {
        int index = "btnfr\"\\".indexOf(c);
        text.append("\b\t\n\f\r\"\\".charAt(index));
      }
    }
    return text.toString();
  }
}
