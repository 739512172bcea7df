package io.github.appaware.cli;

import java.util.List;

/**
 * Finds what the JVM could not read: in a locale whose character set lacks a letter, the JVM
 * replaces the letter in arguments and paths, which then name other files or none.
 */
final class LocaleCheck {
  private static final char REPLACED = '\ufffd';

  private LocaleCheck() {}

  /**
   * What can't be read, or empty.
   *
   * @param charset the one of the locale, in which the JVM reads arguments and paths
   * @param places the installation and the working directory
   */
  static String unreadable(String charset, List<String> arguments, List<String> places) {
    if (charset.equals("UTF-8")) {
      return "";
    }
    for (String argument : arguments) {
      if (argument.indexOf(REPLACED) >= 0) {
        return "the argument `" + shown(argument) + "`";
      }
    }
    for (String place : places) {
      if (place.indexOf(REPLACED) >= 0) {
        return "the path `" + shown(place) + "`";
      }
    }
    return "";
  }

  private static String shown(String text) {
    return text.replace(REPLACED, '?');
  }
}
