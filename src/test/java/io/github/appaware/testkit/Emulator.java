package io.github.appaware.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * What a person sees on a terminal of this size, and what the terminal sends back by itself: a
 * small xterm. Lines, cursor, scrolling region, margins that wrap, insertion, hidden text, line
 * drawing, a second screen, saved cursors; {@link EmulatorReplies} answers. Anything that a
 * question of ours should not have written is recorded in {@link #strange}. Not safe for use by
 * multiple threads.
 */
public final class Emulator implements EmulatorParser.Actions {
  private final EmulatorParser parser = new EmulatorParser(this);
  private final EmulatorReplies replies = new EmulatorReplies();
  private final EmulatorKeyboard keyboard = new EmulatorKeyboard();
  private final EmulatorDetour detour = new EmulatorDetour();
  private final List<String> past = new ArrayList<>();
  private final EmulatorSuspicion strange = new EmulatorSuspicion();
  private final StringBuilder reply = new StringBuilder();
  private List<StringBuilder> aside;
  private List<StringBuilder> lines = new ArrayList<>();
  private int columns;
  private int rows;
  private int row;
  private int column;
  private int asideRow;
  private int asideColumn;
  private int top;
  private int bottom;
  private int[] saved = {0, 0, 0};
  private boolean hidden;
  private boolean insert;
  private boolean drawing;
  private boolean shifted;
  private char last = ' ';

  /** What is seen while the screen is not updated, or covered by an image; else null. */
  private String frozen;

  /** An empty screen. */
  public Emulator(int columns, int rows) {
    resize(columns, rows);
  }

  /** The window gets another size. */
  public void resize(int newColumns, int newRows) {
    columns = newColumns;
    rows = newRows;
    fill();
    top = 0;
    bottom = rows - 1;
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
  public String accept(char c) {
    reply.setLength(0);
    if (!detour.takes(c)) {
      parser.accept(c);
    }
    return reply.toString();
  }

  /** The same with many; their replies. */
  public String acceptAll(String text) {
    StringBuilder all = new StringBuilder();
    text.chars().forEach(c -> all.append(accept((char) c)));
    return all.toString();
  }

  /** What a key sends. */
  public String press(char key) {
    return keyboard.press(key);
  }

  /** What Shift and F6 send. */
  public String pressShiftF6() {
    return keyboard.function("17");
  }

  /** What a program has set that concerns no place of the screen: keys, colours. */
  public String settings() {
    return keyboard.state() + replies.colours();
  }

  /** What the terminal sends when something is pasted, a button is pressed, the focus comes. */
  public EmulatorReplies replies() {
    return replies;
  }

  @Override
  public void print(char c) {
    if (column == columns) {
      column = replies.has(7) ? 0 : columns - 1;
      if (column == 0) {
        down();
      }
    }
    boolean lineDrawing = (drawing || shifted) && c >= '_' && c <= '~';
    char shown =
        hidden || replies.isInvisible() ? ' ' : lineDrawing ? (char) ('\u2500' + c - '_') : c;
    StringBuilder line = lines.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    if (insert) {
      line.insert(column++, shown);
      line.setLength(Math.min(line.length(), columns));
    } else {
      line.setCharAt(column++, shown);
    }
    last = c;
  }

  @Override
  public void control(char c) {
    switch (c) {
      case '\r' -> column = 0;
      case '\n', 0x0b, '\f' -> {
        column = replies.has(-20) ? 0 : column;
        down();
      }
      case '\b' -> column = Math.max(0, column - 1);
      case '\t' -> column = Math.min(columns - 1, column / 8 * 8 + 8);
      case 0x0e -> shifted = drawing;
      case 5 -> reply.append("r-answerback");
      case 7, 0, 0x0f, 0x18 -> {}
      default -> strange.control(c);
    }
  }

  private void down() {
    if (row == bottom) {
      keep(1);
      scroll(top, bottom, 1);
    } else {
      row = Math.min(rows - 1, row + 1);
    }
  }

  /** Only what leaves the whole of the first screen can be scrolled back to. */
  private void keep(int count) {
    if (aside == null && top == 0 && bottom == rows - 1) {
      lines.subList(0, Math.min(count, rows)).forEach(line -> past.add(line.toString()));
    }
  }

  private void scroll(int from, int to, int count) {
    for (int i = 0; i < Math.min(count, to - from + 1); i++) {
      lines.remove(from);
      lines.add(to, new StringBuilder());
    }
  }

  private void scrollBack(int from, int to, int count) {
    for (int i = 0; i < Math.min(count, to - from + 1); i++) {
      lines.remove(to);
      lines.add(from, new StringBuilder());
    }
  }

  @Override
  public void escape(String intermediates, char last) {
    switch (intermediates + last) {
      case "7" -> saved = new int[] {row, column, drawing ? 1 : 0};
      case "8" -> restore();
      case "(0" -> drawing = true;
      case "(B" -> {
        drawing = false;
        shifted = false;
      }
      case "D" -> down();
      case "E" -> {
        column = 0;
        down();
      }
      case "M" -> {
        if (row == top) {
          scrollBack(top, bottom, 1);
        } else {
          row = Math.max(0, row - 1);
        }
      }
      case "c" -> reset();
      case "#8" -> lines.forEach(line -> line.replace(0, line.length(), "E".repeat(columns)));
      case "Z" -> reply.append(replies.to("c", new int[] {0}, 0, 0));
      case "\\", "<" -> {}
      default -> strange.escape(intermediates + last);
    }
  }

  private void restore() {
    row = Math.min(rows - 1, saved[0]);
    column = saved[1];
    drawing = saved[2] == 1;
    hidden = false;
  }

  private void reset() {
    lines.forEach(line -> line.setLength(0));
    row = 0;
    column = 0;
    soft();
    replies.reset();
    keyboard.reset();
    frozen = null;
  }

  private void soft() {
    top = 0;
    bottom = rows - 1;
    hidden = false;
    insert = false;
    drawing = false;
    shifted = false;
  }

  @Override
  public void control(String prefix, int[] numbers, String intermediates, char last) {
    String name = prefix + intermediates + last;
    strange.control(name, numbers[0]);
    reply.append(replies.to(name, numbers, row, Math.min(column, columns - 1)));
    reply.append(keyboard.control(name, numbers));
    detour.control(name, numbers[0]);
    int first = Math.min(numbers[0] < 0 ? 1 : Math.max(1, numbers[0]), 500);
    if (prefix.isEmpty() && intermediates.isEmpty()) {
      plain(last, numbers, first);
    } else if (name.equals("?h") || name.equals("?l") || name.equals("?r")) {
      replies.set(numbers, last);
      for (int mode : numbers) {
        screens(mode, replies.has(mode));
        frozen = mode != 2026 ? frozen : replies.has(mode) ? screen() : null;
      }
    } else if (name.equals("!p")) {
      soft();
    }
  }

  private void screens(int mode, boolean on) {
    if (mode != 1049 && mode != 1047 && mode != 47) {
      return;
    }
    if (on && aside == null) {
      aside = lines;
      asideRow = row;
      asideColumn = column;
      lines = new ArrayList<>();
      fill();
    } else if (!on && aside != null) {
      lines = aside;
      row = asideRow;
      column = asideColumn;
      aside = null;
      fill();
    }
  }

  private void plain(char last, int[] numbers, int first) {
    int second = numbers.length > 1 && numbers[1] > 0 ? numbers[1] : 1;
    switch (last) {
      case 'A' -> row = Math.max(row >= top ? top : 0, row - first);
      case 'B' -> row = Math.min(row <= bottom ? bottom : rows - 1, row + first);
      case 'C' -> column = Math.min(columns - 1, column + first);
      case 'D' -> column = Math.max(0, column - first);
      case 'G' -> column = Math.min(columns, first) - 1;
      case 'd' -> row = Math.min(rows, first) - 1;
      case 'H', 'f' -> {
        row = Math.min(rows, first + (replies.has(6) ? top : 0)) - 1;
        column = Math.min(columns, second) - 1;
      }
      case 'J' -> eraseScreen(Math.max(0, numbers[0]));
      case 'K' -> eraseLine(Math.max(0, numbers[0]));
      case 'L' -> scrollBack(row, Math.max(row, bottom), first);
      case 'M' -> scroll(row, Math.max(row, bottom), first);
      case 'S' -> {
        keep(first);
        scroll(top, bottom, first);
      }
      case 'T' -> scrollBack(top, bottom, first);
      case 'P', 'X' -> lines.get(row).setLength(Math.min(lines.get(row).length(), column));
      case '@' -> {
        if (column < lines.get(row).length()) {
          lines.get(row).insert(column, " ".repeat(first));
        }
      }
      case 'b' -> {
        for (int i = 0; i < first; i++) {
          print(this.last);
        }
      }
      case 'r' -> {
        top = Math.min(rows - 1, first - 1);
        bottom = numbers.length > 1 && numbers[1] > 0 ? Math.min(rows, numbers[1]) - 1 : rows - 1;
        bottom = bottom <= top ? rows - 1 : bottom;
        row = 0;
        column = 0;
      }
      case 'm' -> {
        for (int number : numbers) {
          hidden = number == 8 || (hidden && number > 0 && number != 28);
        }
      }
      case 's' -> saved = new int[] {row, column, 0};
      case 'u' -> restore();
      case 'h', 'l' -> {
        insert = numbers[0] == 4 ? last == 'h' : insert;
        replies.set(new int[] {-numbers[0]}, last);
      }
      default -> {}
    }
  }

  private void eraseScreen(int what) {
    if (what == 0) {
      lines.get(row).setLength(Math.min(column, lines.get(row).length()));
      lines.subList(row + 1, rows).forEach(line -> line.setLength(0));
    } else if (what == 2) {
      lines.forEach(line -> line.setLength(0));
    } else if (what == 3) {
      past.clear();
    }
  }

  private void eraseLine(int what) {
    lines.get(row).setLength(what == 0 ? Math.min(column, lines.get(row).length()) : 0);
  }

  @Override
  public void command(String text) {
    strange.command(text);
    reply.append(replies.toCommand(text));
  }

  @Override
  public void device(String text) {
    strange.device(text);
    keyboard.device(text);
    reply.append(replies.toDevice(text));
    if (text.startsWith("_Ga=")) {
      frozen = text.charAt(4) == 'd' ? null : screen();
    } else if (text.startsWith("tmux;")) {
      String unused = acceptAll(text.substring(5).replace("\u001b\u001b", "\u001b"));
    }
  }

  /** Whether a full-screen program, or a question in its place, has the screen. */
  boolean isFull() {
    return aside != null;
  }

  /** What is on the screen now. */
  public String screen() {
    if (frozen != null) {
      return frozen;
    }
    return String.join("\n", lines.stream().map(StringBuilder::toString).toList()).stripTrailing();
  }

  /** The same, with the lines that have scrolled off the top. */
  public String all() {
    String upstream = String.join("\n", past);
    return upstream.isEmpty() ? screen() : upstream + "\n" + screen();
  }

  /** Control characters and sequences that no program of ours should have written. */
  public String strange() {
    return strange.toString();
  }
}
