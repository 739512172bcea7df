package io.github.appaware.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What terminals send without a key, and what programs write to provoke it; a byte a character. */
public final class TerminalBytes {
  private static final String ESC = "\u001b";

  private TerminalBytes() {}

  /** Replies and reports, in 7 bits, in 8 bits, and with 8-bit codes in UTF-8. */
  public static Stream<String> replies() {
    return seven().flatMap(reply -> Stream.of(reply, eight(reply), utf8(reply))).distinct();
  }

  private static Stream<String> seven() {
    return Stream.of(
        ESC + "]11;rgb:aaaa/rrrr/aaaa" + ESC + "\\",
        ESC + "]11;rgb:aaaa/rrrr/aaaa\u0007",
        ESC + "]10;rgb:ffff/ffff/ffff\u0007",
        ESC + "]4;1;rgb:aaaa/0000/0000" + ESC + "\\",
        ESC + "]52;c;YXJhcgpy" + ESC + "\\",
        ESC + "]lwyr title \u00c3\u009c r" + ESC + "\\", // a letter with 0x9c in it
        ESC + "P1$r0;1m" + ESC + "\\",
        ESC + "P1+r436f=323536" + ESC + "\\",
        ESC + "P>|aterm(1.0)" + ESC + "\\",
        ESC + "P!|00000000" + ESC + "\\",
        ESC + "_Gi=31;OK" + ESC + "\\",
        ESC + "^private r" + ESC + "\\",
        ESC + "Xstart of string r" + ESC + "\\",
        ESC + "[?62;22c",
        ESC + "[>41;390;0c",
        ESC + "[0n",
        ESC + "[?1000;2$y",
        ESC + "[?12;40;1R",
        ESC + "[4;600;800t",
        ESC + "[?997;1n",
        ESC + "[48;40;100;0;0t",
        ESC + "[?1u",
        ESC + "[97;1u",
        ESC + "[97;5:3u",
        ESC + "[27;5;97~",
        ESC + "[15~",
        ESC + "[1;5A",
        ESC + "[I",
        ESC + "[O",
        ESC + "[M !r",
        ESC + "[Mrrr",
        ESC + "[M \u00c3\u0080\u00c4\u0080",
        ESC + "[<0;97;114M",
        ESC + "[<0;97;114m",
        ESC + "[97;114;114M",
        ESC + "[tra",
        ESC + "[Trarara",
        ESC + "[[A",
        ESC + "[200~r\ra\u001b[Ay\u001b[201~",
        ESC + "[200~" + ESC + "]11;r" + ESC + "[200~a" + ESC + "[201~",
        ESC + "OM",
        ESC + "Oj",
        ESC + "O5A",
        ESC + "Na",
        ESC + " F",
        ESC + "(B");
  }

  private static String eight(String reply) {
    return c1(reply, "");
  }

  private static String utf8(String reply) {
    return c1(reply, "\u00c2");
  }

  private static String c1(String reply, String before) {
    String text = reply;
    for (char c : "[]P_^XNO\\".toCharArray()) {
      text = text.replace(ESC + c, before + (char) (c + 0x40));
    }
    return text;
  }

  /** What a program may write to have a terminal reply, or report, or look different. */
  public static List<String> requests() {
    List<String> all = new ArrayList<>();
    for (String mode : List.of("1000", "1002", "1003", "1005", "1006", "1015", "1004", "2004")) {
      all.add(ESC + "[?" + mode + "h");
    }
    for (String colour : List.of("4;1", "10", "11", "12", "17", "19")) {
      all.add(ESC + "]" + colour + ";?\u0007");
      all.add(ESC + "]" + colour + ";?" + ESC + "\\");
      all.add("\u009d" + colour + ";?\u009c");
    }
    for (String csi :
        List.of(
            "c", ">c", "=c", "0c", "5n", "6n", "?6n", "?15n", "?25n", "?26n", "?996n", "14t", "18t",
            "19t", "21t", ">q", "?u", "?1$p", "?1000$p", "?2004$p", "4$p", "x", "1x", "?996n")) {
      all.add(ESC + "[" + csi);
      all.add("\u009b" + csi);
    }
    for (String dcs : List.of("$qm", "$qr", "$q\"p", "+q544e", "+q436f;524742")) {
      all.add(ESC + "P" + dcs + ESC + "\\");
    }
    all.add("\u0005");
    all.addAll(looks());
    return all;
  }

  /** What would hide, move or garble what is drawn afterwards. */
  private static List<String> looks() {
    List<String> all = new ArrayList<>();
    for (String csi :
        List.of(
            "2J", "3J", "H", "5;5r", "2;3r", "8m", "30;40m", "7m", "4h", "20h", "?5h", "?6h", "?7l",
            "?25l", "?45h", "?69h", "?1h", "?66h", "1;1H", "99;99H", "10L", "10M", "10S", "10T",
            "5@", "5P", "5X", "100A", "100B", "!p", "?1047h", "?47h", "3g", "s", "u", "100b")) {
      all.add(ESC + "[" + csi);
    }
    for (String plain :
        List.of(
            "(0",
            ")0\u000e",
            "*0" + ESC + "n",
            "7",
            "8",
            "M",
            "D",
            "E",
            "#3",
            "#6",
            "#8",
            "=",
            ">",
            "c")) {
      all.add(ESC + plain);
    }
    // Begun, and never ended.
    for (String open :
        List.of("]0;", "P", "_", "^", "X", "[", "[?", "[1;2", "O", "N", "", "(", "#")) {
      all.add(ESC + open);
    }
    for (String open : List.of("\u009d0;", "\u0090", "\u009f", "\u009e", "\u0098", "\u009b")) {
      all.add(open);
    }
    all.add("\u000e");
    all.add("no end of line");
    all.add("a line\r\n");
    all.add("\u0007\b\t\u000b\f\r");
    all.add("\u00c3");
    all.add("\u00e2\u0082");
    return all;
  }

  /** Bytes by chance: of all kinds, and such that many of them begin or are part of sequences. */
  public static String random(Random chance) {
    String likely =
        ESC + ESC + "[]P_^XO?;$0123456789\\hlmncqrtu \u0007\u009b\u009d\u0090\u009c\r\n";
    StringBuilder text = new StringBuilder();
    int length = 1 + chance.nextInt(40);
    for (int i = 0; i < length; i++) {
      text.append(
          chance.nextInt(4) == 0
              ? (char) chance.nextInt(256)
              : likely.charAt(chance.nextInt(likely.length())));
    }
    return text.toString();
  }
}
