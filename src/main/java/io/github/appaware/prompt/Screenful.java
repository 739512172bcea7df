package io.github.appaware.prompt;

import java.util.ArrayList;
import java.util.List;

/** Fits lines to the height of the terminal. */
final class Screenful {
  /** In place of the lines that are left out; narrower than any terminal. */
  static final ScreenLine GAP = new ScreenLine(" ...", ScreenLine.Style.FAINT);

  private Screenful() {}

  /** How many lines of a question fit: there is one below it, and one that a warning may take. */
  static int most(int rows) {
    return Math.max(4, rows - 2);
  }

  /**
   * Leaves out lines in the middle, as the question comes first and the keys come last.
   *
   * @param last how many lines at the end are to be kept
   */
  static List<ScreenLine> of(List<ScreenLine> lines, int rows, int last) {
    int most = most(rows);
    if (lines.size() <= most) {
      return List.copyOf(lines);
    }
    int tail = Math.min(last, most - 2);
    int head = most - tail - 1;
    List<ScreenLine> kept = new ArrayList<>(lines.subList(0, head));
    kept.add(GAP);
    kept.addAll(lines.subList(lines.size() - tail, lines.size()));
    return kept;
  }
}
