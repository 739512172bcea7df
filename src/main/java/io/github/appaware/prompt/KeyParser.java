package io.github.appaware.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the bytes that a terminal sends into keys and reports of the cursor's position. */
final class KeyParser {
  private static final Pattern REPORT = Pattern.compile("(\\d{1,5});(\\d{1,5})R");
  private static final int CTRL_C = 3;
  private static final int LONGEST_SEQUENCE = 24;

  /** The cursor's position, from 1. */
  record Position(int row, int column) {}

  private final StringBuilder sequence = new StringBuilder();
  private final List<Key> keys = new ArrayList<>();
  private Position position;

  /** One byte of input. */
  void accept(int code) {
    if (sequence.length() == 0) {
      plain(code);
      return;
    }
    if (sequence.length() == 1 && code != '[' && code != 'O') {
      if (code == 0x1b) {
        keys.add(Key.ESCAPE); // the second begins what follows: often it is a report's
        return;
      }
      sequence.setLength(0);
      // Alt and a key: ignored, so that nothing is answered by accident.
      keys.add(Key.OTHER);
      return;
    }
    sequence.append((char) code);
    boolean over = sequence.length() > 2 && code >= 0x40 && code <= 0x7e;
    if (over || sequence.length() > LONGEST_SEQUENCE) {
      end();
    }
  }

  private void plain(int code) {
    switch (code) {
      case 0x1b -> sequence.append((char) code);
      case CTRL_C -> keys.add(Key.ESCAPE); // where it is no signal, in place of full screens
      case '\r', '\n' -> keys.add(Key.ENTER);
      case '\t' -> keys.add(Key.TAB);
      case 0x7f, '\b' -> keys.add(Key.BACKSPACE);
      default -> keys.add(code >= ' ' && code < 0x7f ? Key.of(code) : Key.OTHER);
    }
  }

  private void end() {
    String text = sequence.substring(2);
    sequence.setLength(0);
    Matcher report = REPORT.matcher(text);
    if (report.matches()) {
      position = new Position(Integer.parseInt(report.group(1)), Integer.parseInt(report.group(2)));
      return;
    }
    keys.add(
        switch (text) {
          case "A" -> Key.UP;
          case "B" -> Key.DOWN;
          case "C" -> Key.RIGHT;
          case "D" -> Key.LEFT;
          default -> Key.OTHER;
        });
  }

  /** The input has paused: a lone escape byte was the key. */
  void pause() {
    if (sequence.length() > 0) {
      keys.add(sequence.length() == 1 ? Key.ESCAPE : Key.OTHER);
      sequence.setLength(0);
    }
  }

  /** Drops an unfinished sequence: Ctrl-Z discards unread input. */
  void abandon() {
    sequence.setLength(0);
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

  /** Drops all input so far. */
  void clear() {
    sequence.setLength(0);
    keys.clear();
    position = null;
  }
}
