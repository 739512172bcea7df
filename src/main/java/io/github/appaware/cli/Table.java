package io.github.appaware.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Columns of text, each as wide as its widest cell. */
final class Table {
  private static final String GAP = "  ";

  /** A column is not made narrower. */
  private static final int NARROWEST = 6;

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heads) {
    rows.add(List.of(heads));
  }

  void add(List<String> cells) {
    rows.add(cells.stream().map(Console::visible).toList());
  }

  /** All cells on one line each. */
  List<String> lines() {
    return lines(0, UnaryOperator.identity());
  }

  /**
   * The lines.
   *
   * @param limit the columns of the terminal, in which cells are broken; 0 for none
   * @param paint how a cell is shown; takes no room
   */
  List<String> lines(int limit, UnaryOperator<String> paint) {
    int[] widths = widths();
    while (limit > 0 && sum(widths) > limit && widths[widest(widths)] > NARROWEST) {
      widths[widest(widths)]--;
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      List<List<String>> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(broken(row.get(i), widths[i]));
      }
      int height = cells.stream().mapToInt(List::size).max().orElse(1);
      for (int y = 0; y < height; y++) {
        lines.add(line(cells, y, widths, paint));
      }
    }
    return lines;
  }

  private static String line(
      List<List<String>> cells, int y, int[] widths, UnaryOperator<String> paint) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = y < cells.get(i).size() ? cells.get(i).get(y) : "";
      line.append(paint.apply(cell)).append(" ".repeat(widths[i] - cell.length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  /** Pieces that fit: broken behind a space or a comma in the second half, else anywhere. */
  private static List<String> broken(String cell, int width) {
    List<String> pieces = new ArrayList<>();
    String rest = cell;
    while (rest.length() > width) {
      int end = 1 + Math.max(rest.lastIndexOf(' ', width - 1), rest.lastIndexOf(',', width - 1));
      end = end > width / 2 ? end : width;
      pieces.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end);
    }
    pieces.add(rest);
    return pieces;
  }

  private static int sum(int[] widths) {
    return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
  }

  private static int widest(int[] widths) {
    int found = 0;
    for (int i = 1; i < widths.length; i++) {
      found = widths[i] > widths[found] ? i : found;
    }
    return found;
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }
}
