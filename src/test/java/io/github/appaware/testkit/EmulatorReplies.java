package io.github.appaware.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a terminal sends by itself: xterm's answers to what programs ask it, and, in the modes that
 * programs switch on, reports of mouse, focus and pasted text. Colours have an {@code r} and an
 * {@code a} in them, the keys that would allow.
 */
public final class EmulatorReplies {
  private static final String ESC = "\u001b";
  private static final String COLOUR = ";rgb:aaaa/rrrr/aaaa";
  private static final String ST = ESC + "\\";

  private final Set<Integer> modes = new TreeSet<>();
  private final Map<Integer, Boolean> saved = new HashMap<>();
  private final Map<String, String> colours = new TreeMap<>();
  private String title = "a title";

  EmulatorReplies() {
    reset();
  }

  void reset() {
    modes.clear();
    modes.addAll(Set.of(7, 25));
    colours.clear();
  }

  /** Those that were set of foreground and background. */
  String colours() {
    return colours.toString();
  }

  /** Whether text has the colour of the background. */
  boolean isInvisible() {
    return colours.containsKey("10") && colours.get("10").equals(colours.get("11"));
  }

  /** Whether a private mode is on; the negative number of another one. */
  public boolean has(int mode) {
    return modes.contains(mode);
  }

  /** Those of reports: mouse, focus, pasted text. */
  public Set<Integer> reporting() {
    Set<Integer> on = new HashSet<>(modes);
    on.retainAll(Set.of(9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004));
    return on;
  }

  /** Sets, resets, or restores modes. */
  void set(int[] numbers, char how) {
    for (int mode : numbers) {
      boolean on = how == 'h' || (how == 'r' && saved.getOrDefault(mode, has(mode)));
      if (on) {
        modes.add(mode);
      } else {
        modes.remove(mode);
      }
    }
  }

  /** The answer to a control sequence, usually empty. */
  String to(String name, int[] numbers, int row, int column) {
    int number = numbers[0];
    String place = (row + 1) + ";" + (column + 1);
    switch (name) {
      case "?s" -> {
        for (int mode : numbers) {
          saved.put(mode, has(mode));
        }
      }
      case "c" -> {
        return ESC + "[?62;22c";
      }
      case ">c" -> {
        return ESC + "[>41;390;0c";
      }
      case "=c" -> {
        return ESC + "P!|00000000" + ST;
      }
      case "n" -> {
        return number == 6 ? ESC + "[" + place + "R" : number == 5 ? ESC + "[0n" : "";
      }
      case "?n" -> {
        return number == 6 ? ESC + "[?" + place + "R" : ESC + "[?" + number + ";1n";
      }
      case "t" -> {
        return toWindow(number);
      }
      case "x" -> {
        return ESC + "[2;1;1;112;112;1;0x";
      }
      case ">q" -> {
        return ESC + "P>|aterm(1.0)" + ST;
      }
      case "$w" -> {
        return ESC + "P" + number + "$u9/17/25" + ST;
      }
      case "*y" -> {
        return ESC + "P" + number + "!~0000" + ST;
      }
      case "$u" -> {
        return ESC + "P1$sra" + ST;
      }
      case "&u" -> {
        return ESC + "P0!u%5" + ST;
      }
      case "?S" -> {
        return ESC + "[?" + number + ";0;256S";
      }
      case "\"v" -> {
        return ESC + "[40;100;1;1;1\"w";
      }
      case "'|" -> {
        return ESC + "[0&w";
      }
      case "#R" -> {
        return ESC + "[1;2#Q";
      }
      case "?$p" -> {
        return ESC + "[?" + number + ";" + (has(number) ? 1 : 2) + "$y";
      }
      case "$p" -> {
        return ESC + "[" + number + ";" + (has(-number) ? 1 : 2) + "$y";
      }
      default -> {}
    }
    return "";
  }

  private String toWindow(int number) {
    return switch (number) {
      case 11 -> ESC + "[1t";
      case 13, 14, 15, 16, 18, 19 -> ESC + "[" + (number - 10) + ";40;100t";
      case 20 -> ESC + "]L" + title + ST;
      case 21 -> ESC + "]l" + title + ST;
      default -> "";
    };
  }

  /** The answer to an OSC. */
  String toCommand(String text) {
    if (text.startsWith("1337;Report") || text.startsWith("1337;Cap")) {
      return ESC + "]" + text + "=r;a" + ST;
    }
    if (text.startsWith("99;")) {
      return ESC + "]" + text + "a=r" + ST;
    }
    if (text.equals("110") || text.equals("111")) {
      colours.remove(text.substring(1));
    } else if (text.startsWith("2;") || text.startsWith("0;")) {
      title = text.substring(2);
    }
    if (text.matches("1[01];(#[0-9a-f]{6}|rgb:[0-9a-f/]+)")) {
      colours.put(text.substring(0, 2), canonical(text.substring(3)));
    }
    if (!text.endsWith("?")) {
      return "";
    }
    if (text.matches("1[01];\\?") && colours.containsKey(text.substring(0, 2))) {
      return ESC + "]" + text.substring(0, 3) + colours.get(text.substring(0, 2)) + ST;
    }
    String what = text.substring(0, text.length() - 1).replaceAll(";$", "");
    return what.equals("52;c") ? ESC + "]52;c;YXJhcgpy" + ST : ESC + "]" + what + COLOUR + ST;
  }

  /** As a terminal tells it. */
  private static String canonical(String colour) {
    return colour.startsWith("#")
        ? "rgb:" + colour.substring(1).replaceAll("(..)(..)(..)", "$1$1/$2$2/$3$3")
        : colour;
  }

  /** The answer to a DCS, or to an APC. */
  String toDevice(String text) {
    if (text.startsWith("$q")) {
      return ESC + "P1$r0" + text.substring(2) + ST;
    }
    if (text.startsWith("_Gi=31")) {
      return ESC + "_Gi=31;OK" + ST;
    }
    return text.startsWith("+q") ? ESC + "P1+r" + text.substring(2) + "=61" + ST : "";
  }

  /** Something is pasted. */
  public String paste(String text) {
    return has(2004) ? ESC + "[200~" + text + ESC + "[201~" : text;
  }

  /** A button is pressed and released, at a place whose numbers are those of keys in X10's form. */
  public String click() {
    if (!has(1000) && !has(1002) && !has(1003)) {
      return has(9) ? ESC + "[M ar" : "";
    }
    return has(1006)
        ? ESC + "[<0;65;82M" + ESC + "[<0;65;82m"
        : has(1015) ? ESC + "[32;65;82M" + ESC + "[35;65;82M" : ESC + "[M ar" + ESC + "[M#ar";
  }

  /** The focus goes and comes. */
  public String focus() {
    return has(1004) ? ESC + "[O" + ESC + "[I" : "";
  }
}
