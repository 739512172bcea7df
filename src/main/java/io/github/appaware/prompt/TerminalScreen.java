package io.github.appaware.prompt;

import io.github.appaware.prompt.KeyParser.Position;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Draws the lines of a question at the cursor, and reads keys. What other processes have written to
 * the terminal stays: only the own lines are ever cleared, and a question moves below what is
 * written meanwhile.
 *
 * <p>A terminal answers in order: once it has told where the cursor is, no answer to what was
 * written before can follow.
 */
final class TerminalScreen implements Closeable {
  private static final String PROMPT = "> ";
  private static final String WHERE = "\u001b[6n";

  /** For a terminal that may not tell where the cursor is. */
  private static final long FIRST_REPORT_MILLIS = 700;

  /** For one that has told before; it may be far away. */
  private static final long REPORT_MILLIS = 2_000;

  private final OutputStream out;
  private final Charset charset;
  private final ScreenColors colors;
  private final TtyInput tty;
  private final boolean console;
  private final KeyParser parser = new KeyParser();
  private final PendingReplies pending = new PendingReplies();
  private ProgramSettings settings = new ProgramSettings();
  private boolean entered;
  private boolean full;
  private boolean reports;
  private boolean silent;
  private long heard = System.nanoTime();
  private List<ScreenLine> drawn = List.of();
  private Position left;
  private boolean midLine;
  private int typed;
  private int discarded;
  private int early;

  /** A screen on this terminal. */
  TerminalScreen(OutputStream out, Charset charset, ScreenColors colors, TtyInput tty) {
    this.out = out;
    this.charset = charset;
    this.colors = colors;
    this.tty = tty;
    String type = String.valueOf(System.getenv("TERM"));
    silent = type.equals("dumb");
    console = type.startsWith("linux");
  }

  /** Takes the terminal, with a screen of its own if another program had taken it over. */
  void enter(boolean whole) throws IOException {
    full = whole;
    entered = true;
    tty.enterRaw();
    drawn = List.of();
    left = null;
    typed = 0;
    write(console ? TerminalModes.BEGIN_ON_CONSOLE : TerminalModes.BEGIN);
    write(full ? TerminalModes.OWN_SCREEN + (console ? "" : TerminalModes.OWN_KEYS) : "");
    if (full) {
      awaitPending();
    }
    resetSettings();
    measure();
    Position start = cursor();
    settings.own(parser.takeReports());
    newLine(start);
    drain();
    discarded = full ? 0 : typed;
  }

  /** How many keys of a line that was being typed were read and thrown away at the beginning. */
  int discarded() {
    return discarded;
  }

  /** How many keys came after the answer, while the terminal was still the question's. */
  int early() {
    return early;
  }

  /** The terminal's word, where it has one: a program can set the size that the kernel tells. */
  private void measure() throws IOException {
    Position corner = ask("\u001b7\u001b[999;999H" + WHERE + "\u001b8", null);
    if (corner != null && corner.row() > 1 && corner.column() > 1) {
      tty.size(corner.row(), corner.column());
    }
  }

  /** A program that reads lines would have what the terminal sends in its next one. */
  private void awaitPending() throws IOException {
    pending.add(awaitAnswers());
  }

  /** The program has the terminal: what it had asked for is on its way again. */
  void askAgain() throws IOException {
    write(pending.takeQueries());
  }

  private void resetSettings() throws IOException {
    settings = new ProgramSettings();
    boolean asks = !console && !silent;
    write(asks ? ProgramSettings.QUERY : "");
    List<String> unused = awaitAnswers();
    settings.program(parser.takeReports());
    write(asks ? ProgramSettings.RESET + ProgramSettings.QUERY : "");
  }

  /** Clears the question and restores the terminal; does nothing when it was left already. */
  void leave() throws IOException {
    if (!entered) {
      return;
    }
    typed = 0;
    try {
      erase();
      List<String> unused = awaitAnswers();
      String back = console ? "" : TerminalModes.PROGRAMS_KEYS;
      write(full ? back + TerminalModes.PROGRAMS_SCREEN : "");
      Position programs = full ? cursor() : null;
      midLine = programs != null && programs.column() > 1;
      write(settings.restore());
      write(console ? TerminalModes.END_ON_CONSOLE : TerminalModes.END);
      drain();
      early = full ? 0 : typed;
    } finally {
      entered = false;
      tty.leaveRaw();
    }
  }

  /** Whether the program's own line, which it shows and edits itself, is not at its end. */
  boolean isMidLine() {
    return midLine;
  }

  /** Whether the terminal is taken. */
  boolean isEntered() {
    return entered;
  }

  int columns() {
    return Math.max(20, tty.columns());
  }

  int rows() {
    return Math.max(6, tty.rows());
  }

  /** The size has changed. */
  void resized() throws IOException {
    tty.measureSize();
    left = null;
    if (entered) {
      measure();
    }
  }

  /** Drops what was typed so far. */
  void drain() throws IOException {
    while (tty.hasInput()) {
      take(tty.read());
    }
    typed += parser.takeKeys().size();
    parser.clear();
  }

  private void take(int code) {
    if (code != TtyInput.NOTHING) {
      heard = System.nanoTime();
      parser.accept(code);
    }
  }

  /** Reads keys, for a tenth of a second at most. */
  List<Key> keys() throws IOException {
    List<Key> early = parser.takeKeys();
    if (!early.isEmpty()) {
      return early;
    }
    take(tty.read());
    while (tty.hasInput()) {
      take(tty.read());
    }
    parser.pause((System.nanoTime() - heard) / 1_000_000);
    return parser.takeKeys();
  }

  /** Draws the lines in place of the last ones, or below what was written since. */
  void draw(List<ScreenLine> lines) throws IOException {
    erase();
    write(text(lines, height(lines), colors));
    drawn = List.copyOf(lines);
    left = cursor();
  }

  /**
   * Room is made for the lines, as the program may have left the cursor above other text. What
   * others write begins at the cursor, which is not left at the end of the last line.
   */
  static String text(List<ScreenLine> lines, int height, ScreenColors colors) {
    StringBuilder text = new StringBuilder("\r\n".repeat(height));
    text.append("\u001b[").append(height).append("A\u001b[").append(height + 1).append('L');
    for (ScreenLine line : lines) {
      text.append(painted(line, colors)).append("\r\n");
    }
    return text + " " + PROMPT;
  }

  private static String painted(ScreenLine line, ScreenColors colors) {
    if (colors == ScreenColors.NONE || line.style() == ScreenLine.Style.PLAIN) {
      return line.text();
    }
    return line.style() == ScreenLine.Style.KEYS
        ? Paint.keys(line.text(), colors == ScreenColors.RGB)
        : line.style().start() + line.text() + "\u001b[0m";
  }

  /** Prints a line above the question, which has to be drawn again. */
  void print(String line) throws IOException {
    if (entered) {
      erase();
    } else if (midLine) {
      write("\r\n");
      midLine = false;
    }
    for (String each : MessageWrap.wrap(line, columns())) {
      String shown = colors == ScreenColors.NONE ? each : Paint.message(each);
      write(shown + (entered ? "\r\n" : "\n"));
    }
  }

  /** Clears the question; the cursor is then at the start of an empty line. */
  void erase() throws IOException {
    if (drawn.isEmpty()) {
      return;
    }
    Position now = cursor();
    if (left == null || now == null || now.equals(left)) {
      int height = height(drawn);
      write("\r\u001b[" + height + "A\u001b[" + (height + 1) + "M");
    } else {
      newLine(now);
    }
    drawn = List.of();
    left = null;
  }

  private void newLine(Position now) throws IOException {
    write(now == null || now.column() == 1 ? "" : "\r\n");
  }

  /** How many lines the question takes, even after the terminal became narrower. */
  private int height(List<ScreenLine> lines) {
    int columns = Math.max(1, tty.columns());
    return lines.stream()
        .mapToInt(line -> Math.max(1, (LineFitter.width(line.text()) + columns - 1) / columns))
        .sum();
  }

  /** The cursor's position; null when the terminal does not tell. */
  private Position cursor() throws IOException {
    return ask(WHERE, null);
  }

  /**
   * Reads all that the terminal has to answer to what was written before. It may have been asked
   * for the cursor too: the answer that is awaited is that of a place by chance.
   */
  private List<String> awaitAnswers() throws IOException {
    ThreadLocalRandom chance = ThreadLocalRandom.current();
    Position place =
        new Position(1 + chance.nextInt(tty.rows()), 1 + chance.nextInt(tty.columns()));
    String there = "\u001b[" + place.row() + ";" + place.column() + "H";
    boolean answered = ask("\u001b7" + there + WHERE + "\u001b8", place) != null;
    List<String> replies = parser.takeReplies();
    return answered ? replies.subList(0, replies.size() - 1) : replies;
  }

  /** The next report, or the next one of a place; null when there is none. */
  private Position ask(String query, Position expected) throws IOException {
    if (silent) {
      return null;
    }
    write(query);
    long wait = reports ? REPORT_MILLIS : FIRST_REPORT_MILLIS;
    long end = System.nanoTime() + wait * 1_000_000;
    while (System.nanoTime() - end < 0) {
      take(tty.read());
      Position position = parser.takePosition();
      if (position != null && (expected == null || position.equals(expected))) {
        reports = true;
        return position;
      }
    }
    silent = !reports; // asked no more; a late report is swallowed while the question is there
    parser.abandon();
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
    tty.close();
  }
}
