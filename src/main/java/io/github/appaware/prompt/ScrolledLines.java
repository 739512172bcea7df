package io.github.appaware.prompt;

import java.util.List;

/**
 * A text that may not fit on the screen: which of its lines are shown, and whether each of them has
 * been, so that nothing is agreed to unseen.
 */
final class ScrolledLines {
  private int top;
  private int room = 1;
  private int total;

  /** The lines above this one have been shown, in this order. */
  private int seen;

  /** Where the lines that are on the screen begin; not {@link #top} until they are drawn again. */
  private int drawn = -1;

  /** The lines to show now, up to a limit; a text of another length begins again. */
  List<ScreenLine> of(List<ScreenLine> all, int rows) {
    room = Math.max(1, rows);
    if (all.size() != total) {
      total = all.size();
      seen = 0;
      top = 0;
    }
    top = Math.max(0, Math.min(top, total - room));
    drawn = top;
    seen = top <= seen ? Math.max(seen, Math.min(total, top + room)) : seen;
    return all.subList(top, Math.min(total, top + room));
  }

  /** Whether some lines are not shown now. */
  boolean isPart() {
    return total > room;
  }

  /** Whether each line has been shown by now. */
  boolean isSeen() {
    return drawn == top && seen >= total;
  }

  /** {@code lines 1 to 9 of 12}. */
  String words() {
    return "lines " + (top + 1) + " to " + Math.min(total, top + room) + " of " + total;
  }

  /** Whether the key moves the text: arrows by a line, space by as many as fit. */
  boolean press(Key key) {
    if (key.kind() == Key.Kind.UP) {
      top = Math.max(0, top - 1);
    } else if (key.kind() == Key.Kind.DOWN) {
      down(1);
    } else if (key.equals(Key.of(' '))) {
      page();
    } else {
      return false;
    }
    return true;
  }

  /** Shows what follows; does nothing while that is on its way to the screen. */
  void page() {
    if (drawn == top) {
      down(room);
    }
  }

  private void down(int count) {
    top = Math.max(0, Math.min(top + count, total - room));
  }
}
