package io.github.appaware.policy.model;

/**
 * Plain decimal numbers: ASCII digits, no sign, no leading zero that other readers take as octal.
 */
public final class Decimal {
  /** Digits of {@link Integer#MAX_VALUE} less one, so nothing overflows. */
  private static final int MAX_DIGITS = 9;

  private Decimal() {}

  /** The number, or -1 if the text is not one or it is above {@code max}. */
  public static int parse(String text, int max) {
    if (text.isEmpty()
        || text.length() > MAX_DIGITS
        || (text.length() > 1 && text.charAt(0) == '0')) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number <= max ? number : -1;
  }

  static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isDigit((char) c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
