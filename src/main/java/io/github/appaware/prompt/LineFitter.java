package io.github.appaware.prompt;

import io.github.appaware.event.Text;
import java.util.ArrayList;
import java.util.List;

/** Makes text of any length and content fit on lines. */
final class LineFitter {
  private static final int PIECE = 250;
  private static final String GAP = "[...]";

  private LineFitter() {}

  /**
   * The text with everything but visible ASCII escaped, at most {@code longest} characters. The
   * middle is left out, as the end of a host name or path matters most.
   */
  static String printable(String hostile, int most) {
    // Before escaping, so that a text of megabytes costs nothing; after it, as escapes are longer.
    String cut = elide(hostile, Math.max(most, 8));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cut.length(); i += PIECE) {
      text.append(Text.printable(cut.substring(i, Math.min(cut.length(), i + PIECE))));
    }
    return elide(text.toString(), most);
  }

  /** The whole text, with everything but visible ASCII escaped. */
  static String verbatim(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(c == '\\' ? "\\" : Text.printable(String.valueOf(c)));
    }
    return shown.toString();
  }

  /** The text, or its first quarter, a gap and its end. */
  static String elide(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    if (most <= GAP.length() + 2) {
      return text.substring(text.length() - Math.max(0, most));
    }
    int room = most - GAP.length();
    int head = room / 4;
    return text.substring(0, head) + GAP + text.substring(text.length() - (room - head));
  }

  /**
   * The most columns that the text takes: characters outside ASCII, which occur only in host names,
   * count as wide.
   */
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      width += text.codePointAt(i) < 0x80 ? 1 : 2;
    }
    return width;
  }

  /** The longest prefix that fits. */
  static String cut(String text, int columns) {
    int width = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      width += text.codePointAt(i) < 0x80 ? 1 : 2;
      if (width > columns) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  /**
   * Lines no wider than {@code columns}: broken at a space in their second half, else anywhere.
   *
   * @param first the text before the first line; the others are indented by its width
   */
  static List<String> wrap(String first, String text, int columns) {
    String indent = " ".repeat(Math.min(first.length(), Math.max(0, columns / 2)));
    String head = cut(first, columns / 2);
    int room = Math.max(2, columns - indent.length());
    List<String> lines = new ArrayList<>();
    String rest = text;
    do {
      String line = cut(rest, room);
      int end = line.length();
      if (end < rest.length() && rest.charAt(end) != ' ') {
        int space = line.lastIndexOf(' ');
        end = space > end / 2 ? space : end;
      }
      lines.add((lines.isEmpty() ? head : indent) + rest.substring(0, end));
      rest = rest.substring(end);
      rest = rest.startsWith(" ") ? rest.substring(1) : rest;
    } while (!rest.isEmpty());
    return lines;
  }

  /** The same for keys with what they do, which two spaces set apart: each stays in one piece. */
  static List<String> wrapKeys(String first, String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String key : text.split("  ", -1)) {
      if (line.length() > 0 && first.length() + line.length() + 2 + key.length() > columns) {
        lines.addAll(wrap(first, line.toString(), columns));
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : "  ").append(key);
    }
    lines.addAll(wrap(first, line.toString(), columns));
    return lines;
  }
}
