package io.github.appaware.prompt;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The input, modes and size of the controlling terminal, whatever the standard streams are. */
final class TtyInput implements Closeable {
  /** What {@link #read} returns when nothing came in time. */
  static final int NOTHING = -2;

  private static final Pattern SIZE = Pattern.compile("rows (\\d+); columns (\\d+);");
  private static final Pattern NO_LINES = Pattern.compile("(?<!\\S)-icanon\\b");

  /**
   * Keys can be read at once, and are not echoed. Nothing that the program has set changes them or
   * the signals that they send, and a signal discards no report. The rest stays: what is typed
   * behind an answer is the program's. A read waits for a tenth of a second.
   */
  private static final String RAW =
      "-icanon -echo -iexten -extproc noflsh -ixon -istrip -igncr -parmrk -iuclc cs8 -parenb"
          + " opost onlcr -ocrnl -onocr -onlret -olcuc min 0 time 1 intr 0x03 quit 0x1c susp 0x1a";

  private final TerminalKeeper keeper;
  private TerminalState state;
  private boolean taken;
  private int columns = 80;
  private int rows = 24;
  private FileInputStream in;

  TtyInput(TerminalKeeper keeper) {
    this.keeper = keeper;
  }

  /** Reads the modes and the size. */
  void measure() throws IOException {
    String both = keeper.measure();
    int end = both.indexOf('\n') + 1;
    try {
      state = new TerminalState(both.substring(0, end).strip());
    } catch (IllegalArgumentException e) {
      throw new IOException("the terminal's modes can't be read", e);
    }
    taken = NO_LINES.matcher(both).find();
    size(both);
  }

  /** Reads the size alone. */
  void measureSize() throws IOException {
    size(keeper.measure());
  }

  private void size(String modes) {
    Matcher found = SIZE.matcher(modes);
    if (found.find()) {
      int newRows = Integer.parseInt(found.group(1));
      int newColumns = Integer.parseInt(found.group(2));
      rows = newRows == 0 ? 24 : newRows;
      columns = newColumns == 0 ? 80 : newColumns;
    }
  }

  /** Sets the size that the terminal has told. */
  void size(int newRows, int newColumns) {
    rows = newRows;
    columns = newColumns;
  }

  /** The number of columns when it was last read. */
  int columns() {
    return columns;
  }

  /** The number of rows when it was last read. */
  int rows() {
    return rows;
  }

  /** Whether another program had taken the terminal over: its input was not in lines. */
  boolean isTaken() {
    return taken;
  }

  /** From now on keys can be read. */
  void enterRaw() throws IOException {
    if (in == null) {
      in = new FileInputStream(Tty.PATH);
    }
    keeper.keep(state);
    keeper.set(RAW);
  }

  /** From now on nothing that is typed is echoed; input stays in lines, as programs expect it. */
  void enterSilence() throws IOException {
    keeper.keepAtEnd(state);
    keeper.set("-echo");
  }

  /** Reads and throws away what was typed, and restores the modes. */
  void leaveSilence() throws IOException {
    if (in == null) {
      in = new FileInputStream(Tty.PATH);
    }
    keeper.set(RAW);
    while (hasInput()) {
      int unused = read();
    }
    keeper.restoreAtEnd();
  }

  /** Restores the modes. */
  void leaveRaw() throws IOException {
    keeper.restore();
  }

  /**
   * Reads a byte.
   *
   * @return {@link #NOTHING} when none came within a tenth of a second
   * @throws IOException when the terminal is gone
   */
  int read() throws IOException {
    int code = in.read();
    if (code < 0) {
      int unused = in.available(); // throws when the terminal has hung up
      return NOTHING;
    }
    return code;
  }

  /** Whether input is available. */
  boolean hasInput() throws IOException {
    return in.available() > 0;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
