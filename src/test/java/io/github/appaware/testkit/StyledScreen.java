package io.github.appaware.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * The screen that our own output makes, with its styles: what {@link Emulator} leaves out. Knows
 * line ends, cursor up, inserted lines and SGR; anything else is refused, so that nothing is left
 * out of a recording unseen.
 */
public final class StyledScreen {
  /** How a character looks; colours as {@code #rrggbb}, or a name of the palette, or empty. */
  public record Style(boolean bold, boolean faint, boolean underlined, boolean reverse, String fg) {
    /** As the terminal's user has it. */
    public static final Style PLAIN = new Style(false, false, false, false, "");

    private Style with(String code, String[] all) {
      return switch (code) {
        case "0", "" -> PLAIN;
        case "1" -> new Style(true, faint, underlined, reverse, fg);
        case "2" -> new Style(bold, true, underlined, reverse, fg);
        case "4" -> new Style(bold, faint, true, reverse, fg);
        case "7" -> new Style(bold, faint, underlined, true, fg);
        case "31" -> new Style(bold, faint, underlined, reverse, "red");
        case "32" -> new Style(bold, faint, underlined, reverse, "green");
        case "38" -> new Style(bold, faint, underlined, reverse, rgb(all));
        default -> throw new IllegalArgumentException("SGR " + code);
      };
    }

    private static String rgb(String[] codes) {
      int from = codes.length - 3;
      return String.format(
          "#%02x%02x%02x",
          Integer.parseInt(codes[from]),
          Integer.parseInt(codes[from + 1]),
          Integer.parseInt(codes[from + 2]));
    }

    /** {@code bold #0077d6}; empty for plain text. */
    String words() {
      StringBuilder words = new StringBuilder();
      words.append(bold ? " bold" : "").append(faint ? " faint" : "");
      words.append(underlined ? " underlined" : "").append(reverse ? " reverse" : "");
      return words.append(fg.isEmpty() ? "" : " " + fg).toString().strip();
    }
  }

  /** Neighbours that look alike. */
  public record Span(int row, int column, String text, Style style) {}

  private record Cell(char c, Style style) {}

  private final int columns;
  private final int rows;
  private final List<List<Cell>> lines = new ArrayList<>();
  private Style style = Style.PLAIN;
  private int row;

  /** An empty screen. */
  public StyledScreen(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    while (lines.size() < rows) {
      lines.add(new ArrayList<>());
    }
  }

  /** Takes output; each line of it must fit. */
  public StyledScreen write(String text) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\u001b') {
        at = sequence(text, at);
      } else if (c == '\n') {
        down();
      } else if (c != '\r') {
        lines.get(row).add(new Cell(c, style));
        if (lines.get(row).size() > columns) {
          throw new IllegalArgumentException("wider than " + columns + ": " + text);
        }
      }
    }
    return this;
  }

  private void down() {
    if (row == rows - 1) {
      lines.remove(0);
      lines.add(new ArrayList<>());
    } else {
      row++;
    }
  }

  private int sequence(String text, int at) {
    int end = at + 1;
    while (text.charAt(end) < '@') {
      end++;
    }
    String numbers = text.substring(at + 1, end);
    switch (text.charAt(end)) {
      case 'A' -> row = Math.max(0, row - Integer.parseInt(numbers));
      case 'L' -> {
        for (int i = 0; i < Integer.parseInt(numbers); i++) {
          lines.remove(rows - 1);
          lines.add(row, new ArrayList<>());
        }
      }
      case 'm' -> style(numbers.split(";", -1));
      default -> throw new IllegalArgumentException("sequence " + text.substring(at, end + 1));
    }
    return end + 1;
  }

  private void style(String[] codes) {
    for (String code : codes) {
      style = style.with(code, codes);
      if (code.equals("38")) {
        return;
      }
    }
  }

  /** The text alone, without what is empty below it. */
  public List<String> text() {
    List<String> text = new ArrayList<>();
    for (List<Cell> line : lines) {
      StringBuilder shown = new StringBuilder();
      line.forEach(cell -> shown.append(cell.c));
      text.add(shown.toString().stripTrailing());
    }
    while (!text.isEmpty() && text.get(text.size() - 1).isEmpty()) {
      text.remove(text.size() - 1);
    }
    return text;
  }

  /** All that is not empty. */
  public List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (int y = 0; y < rows; y++) {
      List<Cell> line = lines.get(y);
      for (int x = 0; x < line.size(); ) {
        Style of = line.get(x).style;
        StringBuilder text = new StringBuilder();
        int start = x;
        while (x < line.size() && line.get(x).style.equals(of)) {
          text.append(line.get(x++).c);
        }
        spans.add(new Span(y, start, text.toString(), of));
      }
    }
    return spans;
  }

  public int columns() {
    return columns;
  }

  public int rows() {
    return rows;
  }
}
