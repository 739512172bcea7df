package io.github.appaware.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a plain key sends: itself, unless a program has asked for another form, or has locked the
 * keyboard. Of kitty's keyboard protocol and xterm's modifyOtherKeys.
 */
final class EmulatorKeyboard {
  private static final String CSI = "\u001b[";

  /** Flag of kitty's protocol: all keys are sequences. */
  private static final int ALL = 8;

  private final Deque<Integer> pushed = new ArrayDeque<>();
  private int flags;
  private int others;
  private boolean locked;

  /** DECUDK: numbers of function keys, and what they send. */
  private final Map<String, String> texts = new HashMap<>();

  /** After a control sequence; its answer, usually empty. */
  String control(String name, int[] numbers) {
    int first = Math.max(0, numbers[0]);
    switch (name) {
      case ">u" -> {
        pushed.push(flags);
        flags = first;
      }
      case "=u" -> flags = first;
      case "<u" -> {
        for (int i = 0; i < Math.max(1, first); i++) {
          flags = pushed.isEmpty() ? 0 : pushed.pop();
        }
      }
      case "?u" -> {
        return CSI + "?" + flags + "u";
      }
      case ">m" -> others = first == 4 && numbers.length > 1 ? Math.max(0, numbers[1]) : 0;
      case "?m" -> {
        return first == 4 ? CSI + ">4;" + others + "m" : "";
      }
      case "h" -> locked |= first == 2;
      case "l" -> locked &= first != 2;
      default -> {}
    }
    return "";
  }

  /** After a DCS: the keys that it programs, {@code Ps;Ps|key/hex;...}. */
  void device(String text) {
    int bar = text.indexOf('|');
    String head = bar < 0 ? "x" : text.substring(0, bar);
    if (!head.matches("[0-9;]*")) {
      return;
    }
    if (!head.startsWith("1")) {
      texts.clear();
    }
    for (String each : text.substring(bar + 1).split(";", -1)) {
      int slash = each.indexOf('/');
      if (slash > 0 && each.substring(slash + 1).matches("([0-9a-fA-F]{2})+")) {
        byte[] bytes = HexFormat.of().parseHex(each.substring(slash + 1));
        texts.put(each.substring(0, slash), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
  }

  /** What Shift and a function key send; 17 is F6. */
  String function(String number) {
    return texts.getOrDefault(number, CSI + number + ";2~");
  }

  void reset() {
    texts.clear();
    pushed.clear();
    flags = 0;
    others = 0;
    locked = false;
  }

  /** What the program has asked for. */
  String state() {
    return flags + " " + others;
  }

  String press(char key) {
    if (locked) {
      return "";
    }
    if ((flags & ALL) != 0) {
      return CSI + (int) key + "u";
    }
    return others >= 3 ? CSI + "27;1;" + (int) key + "~" : String.valueOf(key);
  }
}
