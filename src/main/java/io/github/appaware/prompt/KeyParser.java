package io.github.appaware.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the keys of a person from everything else that a terminal sends. A program can have the
 * terminal type: it asks for a colour, the cursor, a title, a mode, or switches on reports of the
 * mouse, of pasted text, of the focus. What a terminal sends by itself begins with an escape or
 * another control code, and none of it may answer a question. The rules:
 *
 * <ul>
 *   <li>Keys are plain ASCII characters, Enter, Tab, Backspace, a lone Escape, and exactly {@code
 *       ESC [ A} to {@code D} and {@code ESC O A} to {@code D}, the arrows.
 *   <li>Any other sequence is swallowed whole, and is no key at all: CSI, SS2, SS3, the strings
 *       OSC, DCS, APC, PM and SOS, mouse reports with the bytes that follow them, all that is
 *       pasted between {@code ESC [ 200 ~} and {@code ESC [ 201 ~}, Alt with a key; also where the
 *       introducer is one 8-bit code, raw or in UTF-8 (ECMA-48, xterm's ctlseqs).
 *   <li>A string ends with ST, an OSC with BEL too, and any sequence with CAN or SUB. Nothing else
 *       ends a string: an escape inside it begins no key. Nothing of it is kept, however long.
 *   <li>What is unfinished after a second of silence is dropped.
 *   <li>An escape is the key when {@value #ESCAPE_MILLIS} ms of silence follow. If it was the start
 *       of a sequence that came in pieces after all, the rest is swallowed as such.
 * </ul>
 *
 * <p>Reports of the cursor's position, which the prompt itself asks for, are handed out; so are
 * others that it may have asked for, as text. Not safe for several threads.
 */
final class KeyParser {
  /** Of silence, until an escape was the key. */
  static final long ESCAPE_MILLIS = 100;

  /** Of silence, until the rest of a sequence is not expected any more. */
  static final long UNFINISHED_MILLIS = 1_000;

  private static final Pattern REPORT = Pattern.compile("(\\d{1,5});(\\d{1,5})R");
  private static final int CTRL_C = 3;
  private static final int BEL = 7;
  private static final int CAN = 0x18;
  private static final int SUB = 0x1a;
  private static final int ESC = 0x1b;

  /** What is kept of a control sequence, to recognise it. */
  private static final int LONGEST_SEQUENCE = 80;

  /** What is kept of a string, and how many reports are kept. */
  private static final int LONGEST_COMMAND = 100;

  private static final int MOST_REPORTS = 100;

  /** The cursor's position, from 1. */
  record Position(int row, int column) {}

  private enum State {
    GROUND,
    /** After an escape. */
    ESCAPE,
    /** After an escape that silence has made a key. */
    LATE,
    /** After an escape and intermediate bytes. */
    INTERMEDIATE,
    CSI,
    /** After SS2 or SS3. */
    SHIFT,
    /** In a string. */
    STRING,
    /** In an OSC, which BEL ends as well. */
    COMMAND,
    /** In pasted text. */
    PASTE,
    /** In the characters that belong to a report before them. */
    COUNTED
  }

  private final Utf8Units units = new Utf8Units();
  private final StringBuilder sequence = new StringBuilder();
  private final StringBuilder command = new StringBuilder();
  private final List<Key> keys = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();
  private final List<String> replies = new ArrayList<>();
  private State state = State.GROUND;
  private int counted;

  /** What begins the sequence, in 7 bits, behind the escape. */
  private char kind;

  private Position position;

  /** One byte of input, 0 to 255. */
  void accept(int code) {
    if (units.breaksOff(code)) {
      character(Utf8Units.BROKEN);
    }
    int unit = units.next(code);
    if (unit >= 0) {
      character(unit);
    }
  }

  /** A character, which may be a raw byte from 0x80 on that is no part of UTF-8. */
  private void character(int c) {
    switch (state) {
      case GROUND -> ground(c);
      case ESCAPE -> escape(c);
      case LATE -> late(c);
      case PASTE -> paste(c);
      case COUNTED -> state = --counted > 0 ? State.COUNTED : State.GROUND;
      case STRING, COMMAND -> string(c);
      case INTERMEDIATE, CSI, SHIFT -> control(c);
    }
  }

  private void ground(int c) {
    if (c == ESC) {
      state = State.ESCAPE;
    } else if (c >= 0x80 && c < 0xa0) {
      introduce(c);
    } else if (c == CTRL_C) {
      keys.add(Key.ESCAPE); // where it is no signal, in place of full screens
    } else if (c == '\r' || c == '\n') {
      keys.add(Key.ENTER);
    } else if (c == '\t') {
      keys.add(Key.TAB);
    } else if (c == 0x7f || c == '\b') {
      keys.add(Key.BACKSPACE);
    } else {
      keys.add(c >= ' ' && c < 0x7f ? Key.of(c) : Key.OTHER);
    }
  }

  private void escape(int c) {
    if (c == ESC) {
      keys.add(Key.ESCAPE); // the second begins what follows: often it is a report's
    } else if (c >= 0x80 && c < 0xa0) {
      introduce(c);
    } else if (c >= ' ' && c < '0') {
      state = State.INTERMEDIATE;
    } else if (c >= '@' && c < '`') {
      introduce(c + 0x40); // ECMA-48: the 7-bit form of the control code
    } else {
      state = State.GROUND; // Alt and a key, or an escape that is aborted
    }
  }

  /** Of what may follow in a sequence, nothing is a key of a question. */
  private void late(int c) {
    state = State.GROUND;
    if ("[]P_^XNO".indexOf(c) >= 0) {
      introduce(c + 0x40);
    } else if (c >= ' ' && c < '0') {
      state = State.INTERMEDIATE;
    } else {
      ground(c);
    }
  }

  /** An 8-bit control code. */
  private void introduce(int c) {
    sequence.setLength(0);
    command.setLength(0);
    kind = (char) (c - 0x40);
    state =
        switch (c) {
          case 0x9b -> State.CSI;
          case 0x8e, 0x8f -> State.SHIFT;
          case 0x9d -> State.COMMAND;
          case 0x90, 0x98, 0x9e, 0x9f -> State.STRING;
          default -> State.GROUND;
        };
    if (c == 0x8f) {
      sequence.append('O'); // of SS2 nothing is a key
    }
  }

  private void control(int c) {
    if (c == ESC) {
      state = State.ESCAPE;
    } else if (c >= 0x80 && c < 0xa0) {
      introduce(c);
    } else if (c == CAN || c == SUB) {
      state = State.GROUND;
    } else if (c >= ' ' && c < 0x7f) {
      if (sequence.length() < LONGEST_SEQUENCE) {
        sequence.append((char) c);
      }
      end(c);
    }
  }

  private void end(int c) {
    switch (state) {
      case INTERMEDIATE -> state = c >= '0' ? State.GROUND : State.INTERMEDIATE;
      case SHIFT -> {
        state = c >= '0' && c <= '9' ? State.SHIFT : State.GROUND; // digits: old modifiers
        arrow(sequence.toString(), "O");
      }
      default -> {
        if (c >= '@') {
          state = State.GROUND;
          sequenceOver(sequence.toString());
        }
      }
    }
  }

  private void sequenceOver(String text) {
    keep(replies, kind + text);
    Matcher report = REPORT.matcher(text);
    if (report.matches()) {
      position = new Position(Integer.parseInt(report.group(1)), Integer.parseInt(report.group(2)));
      return;
    }
    switch (text) {
      case ">4;0m", ">4;1m", ">4;2m", ">4;3m" -> keep(reports, "[" + text);
      case "200~" -> {
        state = State.PASTE;
        sequence.setLength(0);
      }
      case "M" -> follow(3); // a mouse report: button, column, row
      case "t" -> follow(2); // of highlighting by the mouse
      case "T" -> follow(6);
      case "[" -> follow(1); // a function key of Linux's console
      default -> arrow(text, "");
    }
  }

  private void follow(int characters) {
    state = State.COUNTED;
    counted = characters;
  }

  private void arrow(String text, String before) {
    for (Key key : List.of(Key.UP, Key.DOWN, Key.RIGHT, Key.LEFT)) {
      if (text.equals(before + key.letter())) {
        keys.add(key);
      }
    }
  }

  /** A string may quote its own end in no other way: what follows an escape there is its own. */
  private void string(int c) {
    boolean st = c == 0x9c || (c == '\\' && last() == ESC);
    boolean bel = c == BEL && state == State.COMMAND;
    if (st || bel) {
      keep(replies, kind + (command + (bel ? "\u0007" : "\u001b\\")));
    }
    if (state == State.COMMAND && (bel || st)) {
      keep(reports, "]" + command);
    }
    if (st || bel || c == CAN || c == SUB) {
      state = State.GROUND;
    }
    if (state != State.GROUND && c >= ' ' && command.length() <= LONGEST_COMMAND) {
      command.append((char) c);
    }
    sequence.setLength(0);
    sequence.append((char) c);
  }

  private static void keep(List<String> kept, String text) {
    if (kept.size() == MOST_REPORTS) {
      kept.remove(0);
    }
    kept.add(text);
  }

  private int last() {
    return sequence.length() == 0 ? -1 : sequence.charAt(0);
  }

  private void paste(int c) {
    String end = "\u001b[201~";
    sequence.append(c == 0x9b ? "\u001b[" : String.valueOf((char) c));
    String text = sequence.toString();
    if (text.equals(end)) {
      state = State.GROUND;
    } else if (!end.startsWith(text)) {
      sequence.setLength(0);
      sequence.append(c == 0x9b ? "\u001b[" : c == ESC ? "\u001b" : "");
    }
  }

  /**
   * The input has paused.
   *
   * @param millis since its last byte
   */
  void pause(long millis) {
    if (millis >= UNFINISHED_MILLIS) {
      if (state == State.ESCAPE) {
        keys.add(Key.ESCAPE);
      }
      abandon();
    } else if (millis >= ESCAPE_MILLIS && state == State.ESCAPE) {
      keys.add(Key.ESCAPE);
      state = State.LATE;
    }
  }

  /** Drops an unfinished sequence. */
  void abandon() {
    state = State.GROUND;
    sequence.setLength(0);
    units.clear();
  }

  /** The keys since the last call. */
  List<Key> takeKeys() {
    List<Key> taken = List.copyOf(keys);
    keys.clear();
    return taken;
  }

  /** The report since the last call, or null. */
  Position takePosition() {
    Position taken = position;
    position = null;
    return taken;
  }

  /** Other reports since the last call: of settings, begun by {@code [} or {@code ]}. */
  List<String> takeReports() {
    List<String> taken = List.copyOf(reports);
    reports.clear();
    return taken;
  }

  /**
   * All sequences since the last call that were swallowed and may be replies: without the escape
   * and with their ends, in 7 bits.
   */
  List<String> takeReplies() {
    List<String> taken = List.copyOf(replies);
    replies.clear();
    return taken;
  }

  /** Drops the keys and the report so far; the rest of an unfinished sequence is swallowed too. */
  void clear() {
    keys.clear();
    position = null;
    if (state == State.ESCAPE) {
      state = State.LATE; // the key was pressed before
    }
  }
}
