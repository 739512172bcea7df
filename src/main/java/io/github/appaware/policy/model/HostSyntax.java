package io.github.appaware.policy.model;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The syntax of host names in policies. It is strict, where names from applications are accepted in
 * any form, see {@link io.github.appaware.event.HostName}.
 */
final class HostSyntax {
  /** RFC 1035, section 2.3.4, less the dots and length bytes of the wire. */
  private static final int LONGEST = 253;

  /** Letters that IDNA 2003 and IDNA 2008 turn into different names (UTS 46, section 1.3.2). */
  private static final String DEVIATING = "\u00df\u1e9e\u03c2\u200c\u200d";

  private static final String ASCII_FORM = "write its ASCII form, which begins with `xn--`";

  private static final Pattern DOTS = Pattern.compile("[\\u3002\\uff0e\\uff61]");

  private HostSyntax() {}

  /**
   * The normal form of a name in a policy.
   *
   * @throws MalformedValue if no host can have that name
   */
  static String parse(String text) throws MalformedValue {
    if (text.chars().anyMatch(c -> DEVIATING.indexOf(c) >= 0)) {
      throw new MalformedValue(
          UserText.quoted(text) + " means different names to different resolvers", ASCII_FORM);
    }
    String bare = withoutTrailingDot(text);
    if (bare.isEmpty() || bare.startsWith(".") || bare.endsWith(".") || bare.contains("..")) {
      throw new MalformedValue(UserText.quoted(text) + " has an empty label", "");
    }
    String name = ascii(bare, text);
    if (name.length() > LONGEST) {
      throw new MalformedValue(UserText.quoted(text) + " is longer than 253 characters", "");
    }
    checkCharacters(name, text);
    return name;
  }

  /** IDNA has four dots (RFC 3490, section 3.1); only the plain one is left. */
  private static String withoutTrailingDot(String text) {
    String plain = DOTS.matcher(text).replaceAll(".");
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }

  private static String ascii(String bare, String text) throws MalformedValue {
    try {
      return IDN.toASCII(bare).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notIdna) {
      if (isNewer(bare)) {
        throw new MalformedValue(
            UserText.quoted(text) + " has characters that Java's international names lack",
            ASCII_FORM);
      }
      throw new MalformedValue(
          UserText.quoted(text) + " is not a host name",
          "labels have 1 to 63 letters, digits, hyphens or underscores");
    }
  }

  /** Whether it has characters of a Unicode later than 3.2, which IDNA 2003 is about. */
  private static boolean isNewer(String bare) {
    try {
      return !IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).isEmpty();
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  private static void checkCharacters(String name, String text) throws MalformedValue {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      // Underscores are no letters of host names, but container networks use them as such.
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && "-_.".indexOf(c) < 0) {
        throw new MalformedValue(
            "no host name has the character "
                + UserText.quoted(String.valueOf(c))
                + " of "
                + UserText.quoted(text),
            "");
      }
    }
  }
}
