package io.github.appaware.event;

import java.net.IDN;
import java.util.Locale;

/**
 * The normal form of host names: lower case, ASCII (IDNA 2003, RFC 3490, as in the JDK), no
 * trailing dot. What is escaped with a backslash (RFC 1035, section 5.1), as system resolvers
 * accept it, is written plainly where it can be, else by its number.
 */
public final class HostName {
  /** The largest octet, and so the largest number of an escaped character. */
  private static final int MOST = 0xff;

  private HostName() {}

  /** Whether {@link #normal} would change nothing. */
  public static boolean isNormal(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > 0x7f || c == '\\' || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return !name.endsWith(".");
  }

  /**
   * The normal form of a name that comes from an application. A name that IDNA rejects is
   * normalized as far as possible: no rule can match it exactly, but one can match its parent
   * domain.
   */
  public static String normal(String name) {
    if (isNormal(name)) {
      return name;
    }
    String plain = name.indexOf('\\') < 0 ? name : unescaped(name);
    String text = plain;
    if (!isAscii(text)) {
      try {
        text = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
      } catch (IllegalArgumentException notIdna) {
        text = plain;
      }
    }
    text = text.toLowerCase(Locale.ROOT);
    while (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    return text;
  }

  private static String unescaped(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' && i + 1 < name.length()) {
        int number = number(name, i + 1);
        i += number < 0 ? 1 : 3;
        append(text, number < 0 ? name.charAt(i) : (char) number);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** The character that three digits stand for, or -1. */
  private static int number(String name, int at) {
    int number = 0;
    for (int i = at; i < at + 3; i++) {
      char c = i < name.length() ? name.charAt(i) : ' ';
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number <= MOST ? number : -1;
  }

  /** A character of a label: one that would mean something else, or nothing, stays escaped. */
  private static void append(StringBuilder text, char c) {
    if (c <= MOST && (c <= ' ' || c > '~' || c == '.' || c == '\\')) {
      text.append('\\').append((char) ('0' + c / 100)).append((char) ('0' + c / 10 % 10));
      text.append((char) ('0' + c % 10));
    } else {
      text.append(c);
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }
}
