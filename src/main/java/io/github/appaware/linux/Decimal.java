package io.github.appaware.linux;

import java.util.OptionalLong;

/** Numbers as the kernel writes them: digits alone. */
final class Decimal {
  /** Of the largest number that surely fits. */
  private static final int MOST_DIGITS = 18;

  private Decimal() {}

  static OptionalLong parse(String text) {
    if (text.isEmpty() || text.length() > MOST_DIGITS) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalLong.empty();
      }
      value = value * 10 + digit;
    }
    return OptionalLong.of(value);
  }
}
