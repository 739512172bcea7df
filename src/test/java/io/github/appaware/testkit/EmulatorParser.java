package io.github.appaware.testkit;

import java.util.Arrays;

/**
 * Splits what programs write to a terminal into characters and control sequences, as the parser of
 * DEC's terminals does (vt100.net/emu/dec_ansi_parser).
 */
final class EmulatorParser {
  /** What is done about each. */
  interface Actions {
    void print(char c);

    void control(char c);

    void escape(String intermediates, char last);

    /** A number that was left out is -1; there is one at least. */
    void control(String prefix, int[] numbers, String intermediates, char last);

    /** An OSC. */
    void command(String text);

    /** A DCS; an APC, with {@code _} before it. */
    void device(String text);
  }

  private static final int LONGEST = 10_000;

  private final Actions actions;
  private final StringBuilder text = new StringBuilder();

  /** What was begun: {@code ESC}, {@code [}, {@code ]}, {@code P}, {@code _}, {@code X}; or 0. */
  private char begun;

  /** Whether the last character of a string was an escape. */
  private boolean ending;

  EmulatorParser(Actions actions) {
    this.actions = actions;
  }

  void accept(char c) {
    if (c == 0x18 || c == 0x1a) {
      begun = 0;
      actions.control((char) 0x18);
    } else if (begun == ']' || begun == 'P' || begun == 'X' || begun == '_') {
      string(c);
    } else if (c == 0x1b) {
      begin(c);
    } else if (c >= 0x80 && c < 0xa0) {
      introduce((char) (c - 0x40));
    } else if (c < ' ' || c == 0x7f) {
      if (c != 0x7f) {
        actions.control(c);
      }
    } else if (begun == 0) {
      actions.print(c);
    } else {
      sequence(c);
    }
  }

  private void begin(char what) {
    begun = what;
    text.setLength(0);
    ending = false;
  }

  private void introduce(char c) {
    switch (c) {
      case '[', ']', 'P', '_' -> begin(c);
      case 'X', '^' -> begin('X');
      default -> {
        begun = 0;
        actions.escape("", c);
      }
    }
  }

  private void sequence(char c) {
    if (begun == 0x1b && text.length() == 0 && c >= '@' && c < '`') {
      introduce(c);
      return;
    }
    if (text.length() < LONGEST) {
      text.append(c);
    }
    boolean isEscape = begun == 0x1b;
    if (c >= (isEscape ? '0' : '@')) {
      begun = 0;
      String all = text.substring(0, text.length() - 1);
      if (isEscape) {
        actions.escape(all, c);
      } else {
        control(all, c);
      }
    }
  }

  private void control(String all, char last) {
    String prefix = all.isEmpty() || "<=>?".indexOf(all.charAt(0)) < 0 ? "" : all.substring(0, 1);
    String rest = all.substring(prefix.length());
    int end = 0;
    while (end < rest.length() && rest.charAt(end) >= '0') {
      end++;
    }
    int[] numbers =
        Arrays.stream(rest.substring(0, end).split("[;:]", -1))
            .mapToInt(EmulatorParser::number)
            .toArray();
    actions.control(prefix, numbers, rest.substring(end), last);
  }

  private static int number(String digits) {
    return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : -1;
  }

  private void string(char c) {
    if (c == 0x9c || (ending && c == '\\') || (c == 7 && begun == ']')) {
      char what = begun;
      begun = 0;
      if (what == ']') {
        actions.command(text.toString());
      } else if (what != 'X') {
        actions.device(what == 'P' ? text.toString() : what + text.toString());
      }
    } else if (ending) { // not the end: another sequence begins
      begin((char) 0x1b);
      accept(c);
    } else if (c == 0x1b) {
      ending = true;
    } else if (text.length() < LONGEST) {
      text.append(c);
    }
  }
}
