package io.github.appaware.prompt;

import java.util.Map;

/** What a terminal can show besides plain text. */
enum ScreenColors {
  /** Nothing, or the user wants nothing. */
  NONE,
  /** Bold, underlined, reverse; its colours are a palette's. */
  STYLES,
  /** Any colour by its red, green and blue. */
  RGB;

  /** By the terminal's word, which has no other place than this variable. */
  static ScreenColors of(boolean wanted, Map<String, String> environment) {
    String told = environment.getOrDefault("COLORTERM", "");
    boolean rgb = told.equals("truecolor") || told.equals("24bit");
    return !wanted ? NONE : rgb ? RGB : STYLES;
  }
}
