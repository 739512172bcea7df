package io.github.appaware.prompt;

/**
 * Joins the bytes of UTF-8 to characters, so that a byte inside a character is not taken for a
 * control code, nor a control code in UTF-8 for a character. A byte from 0x80 on that is no part of
 * a character stands for itself: terminals in 8-bit mode send control codes so.
 */
final class Utf8Units {
  /** Stands for bytes that are no character. */
  static final int BROKEN = 0xfffd;

  private int character;
  private int missing;
  private int least;

  /** Whether this byte, 0 to 255, breaks off a character, which then is {@link #BROKEN}. */
  boolean breaksOff(int code) {
    return missing > 0 && (code < 0x80 || code >= 0xc0);
  }

  /** The character that this byte, 0 to 255, completes, or -1. */
  int next(int code) {
    if (missing > 0 && !breaksOff(code)) {
      character = (character << 6) | (code & 0x3f);
      if (--missing > 0) {
        return -1;
      }
      return character < least ? BROKEN : character; // a longer form than needed hides something
    }
    missing = code < 0xc2 || code > 0xf4 ? 0 : code < 0xe0 ? 1 : code < 0xf0 ? 2 : 3;
    least = missing == 1 ? 0x80 : missing == 2 ? 0x800 : 0x10000;
    character = code & (0x3f >> missing);
    return missing > 0 ? -1 : code;
  }

  /** Drops an unfinished character. */
  void clear() {
    missing = 0;
  }
}
