package io.github.appaware.event;

/** Makes text from the application safe to print. */
public final class Text {
  /** Longer than any valid host name (RFC 1035: 253 characters), short enough for a line. */
  private static final int CAP = 300;

  private Text() {}

  /**
   * The text with everything but plain visible characters escaped as {@code \}{@code uXXXX}, cut
   * after 300 characters: control characters could control the terminal, and bidirectional
   * overrides reorder a name.
   */
  public static String printable(String hostile) {
    int length = Math.min(hostile.length(), CAP);
    StringBuilder text = null;
    for (int i = 0; i < length; i++) {
      char c = hostile.charAt(i);
      boolean plain = c >= ' ' && c < 0x7f && c != '\\';
      if (!plain && text == null) {
        text = new StringBuilder(length + 16).append(hostile, 0, i);
      }
      if (text != null) {
        if (plain) {
          text.append(c);
        } else {
          String hex = Integer.toHexString(c);
          text.append("\\u").append("0000", hex.length(), 4).append(hex);
        }
      }
    }
    String shown = text != null ? text.toString() : hostile.substring(0, length);
    return length < hostile.length() ? shown + "..." : shown;
  }
}
