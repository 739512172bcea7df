package io.github.appaware.prompt;

import io.github.appaware.prompt.KeyParser.Position;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Draws the lines of a question at the cursor, and reads keys. What other processes write to the
 * terminal meanwhile stays: the question moves below it.
 */
final class TerminalScreen implements Closeable {
  private static final String PROMPT = "> ";
  private static final long REPORT_MILLIS = 300;

  /** How many reports may be missing, as Ctrl-Z discards some, before none is requested. */
  private static final int MOST_UNANSWERED = 3;

  private final OutputStream out;
  private final Charset charset;
  private final boolean colors;
  private final TtyPty pty = new TtyPty();
  private final KeyParser parser = new KeyParser();
  private boolean full;
  private int unanswered;
  private List<ScreenLine> drawn = List.of();
  private Position left;

  /** A screen on this terminal. */
  TerminalScreen(OutputStream out, Charset charset, boolean colors) {
    this.out = out;
    this.charset = charset;
    this.colors = colors;
  }

  /** Reads the terminal's modes. */
  TerminalState measure() throws IOException {
    pty.measure();
    return pty.state();
  }

  /** Whether another program had taken over the terminal when its modes were read. */
  boolean isTaken() {
    return pty.isTaken();
  }

  /** Takes the terminal, with a screen of its own if another program had taken it over. */
  void enter(boolean whole) throws IOException {
    full = whole;
    pty.enterRaw();
    drain();
    drawn = List.of();
    left = null;
    write(full ? "\u001b[?1049h\u001b[H\u001b[2J" : "");
  }

  /** Restores the terminal. */
  void leave(TerminalState state) throws IOException {
    erase();
    write(full ? "\u001b[?1049l" : "");
    drain();
    Tty.stty(List.of(state.text()));
  }

  int columns() {
    return Math.max(20, pty.known().getColumns());
  }

  int rows() {
    return Math.max(6, pty.known().getRows());
  }

  /** The size has changed. */
  void resized() throws IOException {
    pty.measureSize();
    left = null;
  }

  /** Drops what was typed so far. */
  void drain() throws IOException {
    while (pty.hasInput()) {
      if (pty.read(1) == -1) {
        throw new IOException("the terminal is gone");
      }
    }
    parser.clear();
  }

  /** Reads keys, for a tenth of a second at most. */
  List<Key> keys() throws IOException {
    List<Key> early = parser.takeKeys();
    if (!early.isEmpty()) {
      return early;
    }
    int code = pty.read(50);
    if (code == -1) {
      throw new IOException("the terminal is gone");
    }
    if (code < 0) {
      parser.pause();
    } else {
      parser.accept(code);
      while (pty.hasInput()) {
        parser.accept(pty.read(1));
      }
    }
    return parser.takeKeys();
  }

  /** Draws the lines in place of the last ones, or below what was written since. */
  void draw(List<ScreenLine> lines) throws IOException {
    erase();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      ScreenLine line = lines.get(i);
      boolean styled = colors && line.style() != ScreenLine.Style.PLAIN;
      text.append(i == 0 ? "" : "\r\n")
          .append(styled ? line.style().start() : "")
          .append(line.text())
          .append(styled ? "\u001b[0m" : "");
    }
    // What others write begins at the cursor, which is not left at the end of the last line.
    write(text + "\r\n " + PROMPT);
    drawn = List.copyOf(lines);
    left = cursor();
  }

  /** Prints a line above the question, which has to be drawn again. */
  void print(String line) throws IOException {
    erase();
    write(line + "\r\n");
  }

  /** Clears the question; the cursor is then at the start of an empty line. */
  private void erase() throws IOException {
    Position now = cursor();
    boolean stayed = left == null || now == null || now.equals(left);
    if (drawn.isEmpty() || !stayed) {
      write(now == null || now.column() == 1 ? "" : "\r\n");
    } else {
      int up = height();
      write("\r" + (up > 0 ? "\u001b[" + up + "A" : "") + "\u001b[J");
    }
    drawn = List.of();
    left = null;
  }

  /** How many lines the question takes, even after the terminal became narrower. */
  private int height() {
    int columns = Math.max(1, pty.known().getColumns());
    return drawn.stream()
        .mapToInt(line -> Math.max(1, (LineFitter.width(line.text()) + columns - 1) / columns))
        .sum();
  }

  /** The cursor's position; null when the terminal does not report it. */
  private Position cursor() throws IOException {
    if (unanswered >= MOST_UNANSWERED) {
      return null;
    }
    write("\u001b[6n");
    long end = System.nanoTime() + REPORT_MILLIS * 1_000_000;
    while (System.nanoTime() - end < 0) {
      int code = pty.read(50);
      if (code == -1) {
        throw new IOException("the terminal is gone");
      }
      if (code >= 0) {
        parser.accept(code);
        Position position = parser.takePosition();
        if (position != null) {
          unanswered = 0;
          return position;
        }
      }
    }
    // An incomplete report must not count as Escape, which would dismiss the question.
    parser.abandon();
    unanswered++;
    return null;
  }

  private void write(String text) throws IOException {
    if (!text.isEmpty()) {
      out.write(text.getBytes(charset));
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    pty.close();
  }
}
