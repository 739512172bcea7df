package io.github.appaware.testkit;

/**
 * Where what is written goes when it does not go to the screen as it should: DEC's VT52 mode,
 * xterm's Tektronix window, a printer, a status line. Each has one way back.
 */
final class EmulatorDetour {
  private static final char ESC = 0x1b;

  private enum Place {
    SCREEN(""),
    VT52(ESC + "<"),
    TEKTRONIX(ESC + "\u0003"),
    PRINTER(ESC + "[4i"),
    STATUS_LINE(ESC + "[0$}");

    private final String back;

    Place(String back) {
      this.back = back;
    }
  }

  private final StringBuilder written = new StringBuilder();
  private Place place = Place.SCREEN;
  private boolean escaped;

  /** After a control sequence, which may lead there. */
  void control(String name, int number) {
    switch (name + number) {
      case "?l2" -> begin(Place.VT52);
      case "?h38" -> begin(Place.TEKTRONIX);
      case "i5" -> begin(Place.PRINTER);
      case "$}1" -> begin(Place.STATUS_LINE);
      default -> {}
    }
  }

  private void begin(Place there) {
    place = there;
    written.setLength(0);
    escaped = false;
  }

  /** Whether the character is for another place, or means something else. */
  boolean takes(char c) {
    if (place == Place.SCREEN) {
      return false;
    }
    written.append(c);
    if (written.toString().endsWith(place.back)) {
      begin(Place.SCREEN);
      return true;
    }
    if (place != Place.VT52) {
      return true;
    }
    boolean part = escaped || c == ESC;
    escaped = c == ESC;
    return part; // text is shown, and so is what follows an escape of another mode
  }
}
