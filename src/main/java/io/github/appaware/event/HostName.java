package io.github.appaware.event;

import java.net.IDN;
import java.util.Locale;

/**
 * The normal form of host names: lower case, ASCII (IDNA 2003, RFC 3490, as in the JDK), no
 * trailing dot.
 */
public final class HostName {
  private HostName() {}

  /** Whether {@link #normal} would change nothing. */
  public static boolean isNormal(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > 0x7f || (c >= 'A' && c <= 'Z')) {
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
    String text = name;
    if (!isAscii(text)) {
      try {
        text = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
      } catch (IllegalArgumentException notIdna) {
        text = name;
      }
    }
    text = text.toLowerCase(Locale.ROOT);
    while (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    return text;
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
