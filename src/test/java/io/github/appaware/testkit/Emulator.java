package io.github.appaware.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * What a person sees on a terminal of this size, as far as programs here use one: lines, the cursor
 * upwards, erasing below, a second screen, and the question where the cursor is. Any other control
 * sequence is recorded in {@link #strange}. Not safe for use by multiple threads.
 */
final class Emulator {
  private final List<String> past = new ArrayList<>();
  private final StringBuilder sequence = new StringBuilder();
  private final StringBuilder strange = new StringBuilder();
  private List<StringBuilder> aside;
  private List<StringBuilder> lines = new ArrayList<>();
  private int columns;
  private int rows;
  private int row;
  private int column;
  private int asideRow;

  Emulator(int columns, int rows) {
    resize(columns, rows);
  }

  void resize(int newColumns, int newRows) {
    columns = newColumns;
    rows = newRows;
    fill();
  }

  private void fill() {
    while (lines.size() < rows) {
      lines.add(new StringBuilder());
    }
    while (lines.size() > rows) {
      past.add(lines.remove(0).toString());
      row = Math.max(0, row - 1);
    }
  }

  /** Takes one character of output; returns the terminal's reply, usually empty. */
  String accept(char c) {
    if (sequence.length() > 0) {
      return escape(c);
    }
    switch (c) {
      case 0x1b -> sequence.append(c);
      case '\r' -> column = 0;
      case '\n' -> down();
      case '\b' -> column = Math.max(0, column - 1);
      case 7 -> {}
      default -> {
        if (Character.isISOControl(c)) {
          strange.append(String.format("<%02x>", (int) c));
        } else {
          put(c);
        }
      }
    }
    return "";
  }

  private void put(char c) {
    if (column == columns) {
      column = 0;
      down();
    }
    StringBuilder line = lines.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, c);
  }

  private void down() {
    row++;
    if (row == rows) {
      row--;
      String top = lines.remove(0).toString();
      if (aside == null) {
        past.add(top);
      }
      lines.add(new StringBuilder());
    }
  }

  private String escape(char c) {
    sequence.append(c);
    if (sequence.length() == 2 ? c == '[' : c < 0x40) {
      return "";
    }
    String whole = sequence.substring(1);
    sequence.setLength(0);
    switch (whole) {
      case "[6n" -> {
        return "\u001b[" + (row + 1) + ";" + (Math.min(column, columns - 1) + 1) + "R";
      }
      case "[J" -> {
        lines.get(row).setLength(Math.min(column, lines.get(row).length()));
        lines.subList(row + 1, rows).forEach(line -> line.setLength(0));
      }
      case "[2J" -> lines.forEach(line -> line.setLength(0));
      case "[H" -> {
        row = 0;
        column = 0;
      }
      case "[?1049h" -> {
        if (aside == null) {
          aside = lines;
          asideRow = row;
          lines = new ArrayList<>();
          fill();
        }
      }
      case "[?1049l" -> {
        if (aside != null) {
          lines = aside;
          row = asideRow;
          aside = null;
        }
      }
      default -> {
        if (whole.matches("\\[\\d+A")) {
          int up = Integer.parseInt(whole.substring(1, whole.length() - 1));
          row = Math.max(0, row - up);
        } else if (!whole.matches("\\[[0-9;]*m")) {
          strange.append('<').append(whole).append('>');
        }
      }
    }
    return "";
  }

  /** Whether a full-screen program, or a question in its place, has the screen. */
  boolean isFull() {
    return aside != null;
  }

  /** What is on the screen now. */
  String screen() {
    return String.join("\n", lines.stream().map(StringBuilder::toString).toList()).stripTrailing();
  }

  /** The same, with the lines that have scrolled off the top. */
  String all() {
    String upstream = String.join("\n", past);
    return upstream.isEmpty() ? screen() : upstream + "\n" + screen();
  }

  /** Control characters and sequences that no program of ours should have written. */
  String strange() {
    return strange.toString();
  }
}
