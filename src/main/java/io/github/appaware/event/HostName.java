package io.github.appaware.event;

import java.net.IDN;
import java.util.Locale;

/** The one normal form of host names: lower case, ASCII (IDNA), no trailing dot. */
public final class HostName {
  private HostName() {}

  /**
   * The name in normal form. A name that IDNA refuses stays as it is, in lower case: it can't be
   * resolved either, and a rule can't name it.
   */
  public static String normal(String name) {
    String text = name;
    if (!isAscii(text)) {
      try {
        text = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
      } catch (IllegalArgumentException e) {
        text = name;
      }
    }
    text = text.toLowerCase(Locale.ROOT);
    return text.length() > 1 && text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
