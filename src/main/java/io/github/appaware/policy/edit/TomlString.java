package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.UserText;

/**
 * Writes text as TOML that every reader reads alike: appaware's strict one, and lenient ones such
 * as TOML4J, which misreads a pair of backslashes in a basic string. So a backslash is written in
 * literal strings only, and never next to an escape.
 */
final class TomlString {
  private static final String LONG_LITERAL = "'''";

  private TomlString() {}

  /**
   * The value with its quotes, on one line.
   *
   * @throws MalformedValue if no form is read alike everywhere
   */
  static String quote(String value) throws MalformedValue {
    if (hasLoneSurrogate(value)) {
      throw new MalformedValue(UserText.quoted(value) + " has half a character in it", "");
    }
    boolean backslash = value.indexOf('\\') >= 0;
    boolean control = value.chars().anyMatch(TomlString::isControl);
    if (!backslash && (control || value.chars().anyMatch(TomlString::isInvisible))) {
      return escaped(value);
    }
    if (!backslash && value.indexOf('"') < 0) {
      return '"' + value + '"';
    }
    if (!control && value.indexOf('\'') < 0) {
      return '\'' + value + '\'';
    }
    if (!backslash) {
      return escaped(value);
    }
    if (!control
        && !value.contains(LONG_LITERAL)
        && !value.startsWith("'")
        && !value.endsWith("'")) {
      return LONG_LITERAL + value + LONG_LITERAL;
    }
    throw new MalformedValue(
        UserText.quoted(value) + " can't be written so that every reader of TOML reads it alike",
        "leave out its backslashes, or its quotes and control characters");
  }

  /** A basic string of a value without backslashes. */
  private static String escaped(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        text.append("\\\"");
      } else if (isControl(c) || isInvisible(c)) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }

  /** The characters that literal strings of TOML 1.0 can't have, and the invisible tabulator. */
  private static boolean isControl(int c) {
    return c < ' ' || c == 0x7f;
  }

  /** What would turn text around in an editor. Surrogates are halves of visible characters. */
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static boolean hasLoneSurrogate(String value) {
    return value.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }
}
