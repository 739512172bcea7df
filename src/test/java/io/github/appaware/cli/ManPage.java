package io.github.appaware.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A man page taken apart: its parts with their tags, examples and plain text. Understands the few
 * macros of man(7) that our page uses, and fails on any other.
 *
 * @param header the arguments of {@code .TH}
 */
record ManPage(List<String> header, List<Part> parts) {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /**
   * What stands below one heading.
   *
   * @param section the name of the {@code .SH}
   * @param heading the name of the {@code .SS}, or empty before the first
   * @param tags of {@code .TP}, without those that are indented further
   * @param inner the tags that are indented further
   * @param examples the text of each {@code .EX} block
   * @param text everything but the examples
   */
  record Part(
      String section,
      String heading,
      List<String> tags,
      List<String> inner,
      List<String> examples,
      StringBuilder text) {
    Part(String section, String heading) {
      this(
          section,
          heading,
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new StringBuilder());
    }
  }

  static ManPage read(Path file) throws IOException {
    List<String> header = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    Part part = new Part("", "");
    StringBuilder example = null;
    boolean tag = false;
    int depth = 0;
    for (String line : Files.readAllLines(file)) {
      String macro = line.startsWith(".") ? line.substring(1).split(" ", 2)[0] : "";
      String rest = macro.isEmpty() ? line : line.substring(macro.length() + 1).strip();
      switch (macro) {
        case "\\\"", "PP", "IP", "nf", "fi" -> part.text.append('\n');
        case "TH" -> header.addAll(words(rest));
        case "SH" -> {
          part = new Part(plain(rest), "");
          parts.add(part);
        }
        case "SS" -> {
          part = new Part(part.section, plain(rest));
          parts.add(part);
        }
        case "RS" -> depth++;
        case "RE" -> depth--;
        case "TP" -> tag = true;
        case "EX" -> example = new StringBuilder();
        case "EE" -> {
          part.examples.add(example.toString());
          example = null;
        }
        case "B", "I", "BR", "RB", "IR", "RI", "BI", "" -> {
          String separator = macro.length() == 2 ? "" : " ";
          String text = plain(macro.isEmpty() ? rest : String.join(separator, words(rest)));
          if (tag) {
            (depth == 0 ? part.tags : part.inner).add(text);
            tag = false;
          }
          (example == null ? part.text : example).append(text).append('\n');
        }
        default -> throw new IOException("unknown macro in: " + line);
      }
    }
    return new ManPage(header, parts);
  }

  /** The part with this heading; empty for what stands before the first heading. */
  Part part(String section, String heading) {
    return parts.stream()
        .filter(part -> part.section.equals(section) && part.heading.equals(heading))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + section + "/" + heading));
  }

  /** The headings within a section. */
  List<String> headings(String section) {
    return parts.stream()
        .filter(part -> part.section.equals(section) && !part.heading.isEmpty())
        .map(Part::heading)
        .toList();
  }

  private static List<String> words(String arguments) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(arguments);
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    return words;
  }

  /** Without fonts and escapes. */
  private static String plain(String roff) {
    return roff.replaceAll("\\\\f[BIR]", "")
        .replace("\\-", "-")
        .replace("\\(aq", "'")
        .replace("\\(dq", "\"")
        .replace("\\(ti", "~")
        .replace("\\(bu", "*")
        .replace("\\&", "");
  }
}
