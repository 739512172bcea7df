package io.github.appaware.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  /**
   * What a program may write.
   *
   * @param name what it is
   */
  public record Chosen(String name, String bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Chosen ones, to have a terminal reply, or report, or look different. */
  public static List<Chosen> chosen() {
    List<Chosen> all = new ArrayList<>();
    for (String line : table().lines().filter(line -> !line.startsWith("#")).toList()) {
      int tab = line.indexOf('\t');
      all.add(new Chosen(line.substring(0, tab), unescape(line.substring(tab + 1))));
    }
    return all;
  }

  private static String table() {
    try (InputStream in = TerminalBytes.class.getResourceAsStream("/terminal/sequences.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescape(String text) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        bytes.append(c);
        continue;
      }
      char what = text.charAt(++i);
      if (what == 'x') {
        bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.append("\u001b\u0007\b\t\n\f\r\\".charAt("eabtnfr\\".indexOf(what)));
      }
    }
    return bytes.toString();
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
