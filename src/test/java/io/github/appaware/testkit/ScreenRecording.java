package io.github.appaware.testkit;

import io.github.appaware.testkit.StyledScreen.Span;
import io.github.appaware.testkit.StyledScreen.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A screen as text, which is compared, and as a picture for readers of the README. */
public record ScreenRecording(StyledScreen screen, Theme theme) {
  /** The colours of a terminal. */
  public enum Theme {
    DARK("#1e1e1e", "#d4d4d4", "#9a9a9a", "#f14c4c", "#23d18b"),
    LIGHT("#ffffff", "#1f2328", "#6e7781", "#cd3131", "#107c10");

    private final String background;
    private final String text;
    private final String faint;
    private final String red;
    private final String green;

    Theme(String background, String text, String faint, String red, String green) {
      this.background = background;
      this.text = text;
      this.faint = faint;
      this.red = red;
      this.green = green;
    }

    /** As files are named. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    private String color(Style style) {
      return switch (style.fg()) {
        case "" -> style.faint() ? faint : text;
        case "red" -> red;
        case "green" -> green;
        default -> style.fg();
      };
    }
  }

  private static final double WIDTH = 8.4;
  private static final int HEIGHT = 19;
  private static final int MARGIN = 12;

  /** Size and theme, the text, and below it where it is not plain, and how it looks there. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(screen.columns() + "x" + screen.rows() + " " + theme.label());
    screen.text().forEach(line -> lines.add(("| " + line).stripTrailing()));
    for (Span span : screen.spans()) {
      if (!span.style().equals(Style.PLAIN)) {
        int end = span.column() + span.text().length();
        String look = span.style().words() + " = " + theme.color(span.style());
        lines.add((span.row() + 1) + ":" + (span.column() + 1) + "-" + end + " " + look);
      }
    }
    return lines;
  }

  /**
   * A picture of the rows that are not empty. Each piece of text has the width that it has on a
   * terminal, whatever font there is.
   */
  public String svg(String title) {
    int rows = screen.text().size();
    StringBuilder svg = new StringBuilder();
    double width = screen.columns() * WIDTH + 2 * MARGIN;
    int height = rows * HEIGHT + 2 * MARGIN;
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %d\" role=\"img\">%n",
            width,
            height));
    svg.append("<title>").append(escaped(title)).append("</title>\n");
    svg.append("<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"");
    svg.append(theme.background).append("\"/>\n");
    svg.append("<g font-family=\"ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace\"");
    svg.append(" font-size=\"14\" xml:space=\"preserve\">\n");
    screen.spans().stream()
        .filter(span -> !span.text().isBlank())
        .forEach(span -> svg.append(text(span)));
    return svg.append("</g>\n</svg>\n").toString();
  }

  private String text(Span span) {
    Style style = span.style();
    double x = MARGIN + span.column() * WIDTH;
    double width = span.text().length() * WIDTH;
    int y = MARGIN + span.row() * HEIGHT;
    String box =
        style.reverse()
            ? String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                HEIGHT,
                theme.color(style))
            : "";
    return box
        + String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" fill=\"%s\"%s%s>%s</text>%n",
            x,
            y + 14,
            width,
            style.reverse() ? theme.background : theme.color(style),
            style.bold() ? " font-weight=\"bold\"" : "",
            style.underlined() ? " text-decoration=\"underline\"" : "",
            escaped(span.text()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
