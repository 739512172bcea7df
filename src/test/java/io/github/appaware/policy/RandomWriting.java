package io.github.appaware.policy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Writes one policy in any of the ways that TOML 1.0 has for the same values: other order, other
 * kinds of strings and escapes, quoted and dotted keys, inline tables, arrays over several lines,
 * integers and times in all their forms, comments, spaces and line ends everywhere.
 */
public final class RandomWriting {
  private static final String[] COMMENTS = {
    "# c", "#", "#\t\"x [a] # y", "# it's '''", "# \"\"\"", "#\u00fc\ud83d\ude00", "# [[rule]]"
  };
  private static final String[] NOTES = {
    "",
    "a",
    " \t ",
    "it's",
    "\"",
    "''",
    "\"\"",
    "\\",
    "C:\\new",
    "#",
    "[[rule]]",
    "a = 1",
    "\n",
    "\u00fc",
    "\ud83d\ude00",
    "\u0000",
    "\u007f",
    "\u0085",
    "\u2028",
    "\ufeff",
    "\\u0041",
    "=",
    "\b\f"
  };

  private static final Set<String> SINGLE = Set.of("id", "action", "priority", "expires", "note");

  /** In some writings nothing spans lines, as in files that are cut into pieces. */
  private final boolean plain;

  private final Random random;
  private final String end;
  private final StringBuilder text = new StringBuilder();

  private RandomWriting(Random random) {
    this.random = random;
    this.plain = random.nextInt(3) == 0;
    this.end = random.nextInt(3) == 0 ? "\r\n" : "\n";
  }

  /**
   * Policies of some of the rules, with notes of any text. Nearly all are short; of the others the
   * reader makes several pieces.
   */
  public static Map<String, Object> document(Map<String, Object> all, Random random) {
    Map<String, Object> document = new LinkedHashMap<>(all);
    List<Object> rules = new ArrayList<>();
    boolean many = random.nextInt(100) == 0;
    for (Object each : (List<?>) all.get("rule")) {
      for (int n = many ? random.nextInt(150) : random.nextInt(2); n > 0; n--) {
        Map<String, Object> rule = new LinkedHashMap<>();
        ((Map<?, ?>) each)
            .forEach((key, value) -> rule.put((String) key, alike((String) key, value, random)));
        rule.remove("id");
        if (random.nextInt(3) > 0) {
          rule.put("note", note(random));
        }
        if (random.nextInt(3) > 0) {
          rule.put("priority", (long) (random.nextInt(2001) - 1000));
        }
        if (random.nextInt(3) > 0) {
          rule.put("expires", time(random));
        }
        if (random.nextInt(3) == 0) {
          rule.put("id", "r" + rules.size());
        }
        rules.add(rule);
      }
    }
    document.put("rule", rules);
    for (String key : List.of("rule", "default", "include")) {
      if (random.nextInt(10) == 0 || (key.equals("rule") && rules.isEmpty())) {
        document.remove(key);
      }
    }
    return document;
  }

  /** A list of one is as good as its value, and the other way round. */
  private static Object alike(String key, Object value, Random random) {
    if (SINGLE.contains(key) || random.nextInt(3) > 0) {
      return value;
    }
    return value instanceof List<?> list ? list.size() == 1 ? list.get(0) : value : List.of(value);
  }

  private static String note(Random random) {
    StringBuilder note = new StringBuilder();
    for (int n = random.nextInt(6); n > 0; n--) {
      note.append(NOTES[random.nextInt(NOTES.length)]);
    }
    return note.toString();
  }

  /** In whole milliseconds. */
  private static Instant time(Random random) {
    int millis = random.nextInt(3) == 0 ? random.nextInt(1000) : 0;
    return Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE)).plusMillis(millis);
  }

  public static String of(Map<String, Object> document, Random random) {
    RandomWriting writing = new RandomWriting(random);
    writing.document(document);
    return writing.text.toString();
  }

  private void document(Map<String, Object> document) {
    if (chance(10)) {
      text.append('\ufeff');
    }
    Map<String, Object> inFront = new LinkedHashMap<>();
    List<Runnable> tables = new ArrayList<>();
    document.forEach(
        (key, value) -> {
          boolean tablesOnly = value instanceof Map || (value instanceof List<?> l && isTables(l));
          if (!tablesOnly || (!plain && chance(4))) {
            inFront.put(key, value);
          } else if (value instanceof Map<?, ?> map) {
            tables.add(() -> table("[", key, "]", map));
          } else {
            tables.add(
                () -> ((List<?>) value).forEach(map -> table("[[", key, "]]", (Map<?, ?>) map)));
          }
        });
    entries(inFront, true);
    Collections.shuffle(tables, random);
    tables.forEach(Runnable::run);
    between();
    if (chance(4) && text.toString().endsWith(end)) {
      text.setLength(text.length() - end.length());
    }
  }

  private static boolean isTables(List<?> list) {
    return !list.isEmpty() && list.get(0) instanceof Map;
  }

  private void table(String open, String name, String close, Map<?, ?> values) {
    between();
    text.append(indent()).append(open);
    if (plain) {
      text.append(name);
    } else {
      text.append(space());
      key(name);
      text.append(space());
    }
    text.append(close);
    endOfLine();
    entries(values, false);
  }

  private void entries(Map<?, ?> values, boolean dotted) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(values.entrySet());
    Collections.shuffle(entries, random);
    for (Map.Entry<?, ?> entry : entries) {
      if (dotted && entry.getValue() instanceof Map<?, ?> table && !table.isEmpty() && chance(2)) {
        table.forEach((key, value) -> entry(value, (String) entry.getKey(), (String) key));
      } else {
        entry(entry.getValue(), (String) entry.getKey());
      }
    }
  }

  private void entry(Object value, String... keys) {
    between();
    text.append(indent());
    assign(value, !plain, keys);
    endOfLine();
  }

  /** {@code a . "b" = value}. */
  private void assign(Object value, boolean lines, String... keys) {
    for (int i = 0; i < keys.length; i++) {
      if (i > 0) {
        text.append(space()).append('.').append(space());
      }
      key(keys[i]);
    }
    text.append(space()).append('=').append(space());
    value(value, lines);
  }

  private void key(String key) {
    switch (random.nextInt(4)) {
      case 0 -> text.append('\'').append(key).append('\'');
      case 1 -> {
        text.append('"');
        basic(key, false, false);
        text.append('"');
      }
      default -> text.append(key);
    }
  }

  /**
   * A value.
   *
   * @param lines whether it may span several
   */
  private void value(Object value, boolean lines) {
    if (value instanceof String string) {
      string(string, lines);
    } else if (value instanceof Long number) {
      number(number);
    } else if (value instanceof Instant time) {
      time(time);
    } else if (value instanceof List<?> list) {
      array(list, lines);
    } else {
      inline((Map<?, ?>) value, lines);
    }
  }

  private void array(List<?> list, boolean lines) {
    text.append('[');
    for (int i = 0; i < list.size(); i++) {
      inside(lines);
      value(list.get(i), lines);
      inside(lines);
      if (i + 1 < list.size() || chance(3)) {
        text.append(',');
      }
    }
    inside(lines);
    text.append(']');
  }

  /** What may stand between two tokens of an array. */
  private void inside(boolean lines) {
    for (int n = lines && chance(3) ? 1 + random.nextInt(2) : 0; n > 0; n--) {
      text.append(space()).append(chance(2) ? comment() : "").append(end);
    }
    text.append(space());
  }

  /** On one line, as TOML 1.0 has it, but for what its values span. */
  private void inline(Map<?, ?> table, boolean lines) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(table.entrySet());
    Collections.shuffle(entries, random);
    text.append('{').append(space());
    for (int i = 0; i < entries.size(); i++) {
      text.append(i == 0 ? "" : ',' + space());
      assign(entries.get(i).getValue(), lines, (String) entries.get(i).getKey());
      text.append(space());
    }
    text.append('}');
  }

  private void string(String value, boolean lines) {
    boolean literal = value.chars().noneMatch(c -> c == '\'' || isControl(c));
    boolean longLiteral =
        value.chars().noneMatch(c -> c != '\n' && isControl(c))
            && !value.contains("'''")
            && (end.equals("\n") || value.indexOf('\n') < 0);
    int form = random.nextInt(lines ? 5 : 3);
    if (form == 0 && literal) {
      text.append('\'').append(value).append('\'');
    } else if (form == 3 && longLiteral) {
      text.append("'''").append(value.startsWith("\n") || chance(2) ? end : "");
      text.append(value).append("'''");
    } else if (form == 4) {
      text.append("\"\"\"").append(value.startsWith("\n") || chance(2) ? end : "");
      basic(value, true, true);
      text.append("\"\"\"");
    } else {
      text.append('"');
      basic(value, false, false);
      text.append('"');
    }
  }

  private static boolean isControl(int c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }

  /**
   * The inside of a basic string.
   *
   * @param quotes whether one or two quotes in a row may stand for themselves
   * @param lines whether line breaks may, and lines be continued
   */
  private void basic(String value, boolean quotes, boolean lines) {
    int inRow = 0;
    boolean continued = false;
    for (int at = 0; at < value.length(); ) {
      int c = value.codePointAt(at);
      at += Character.charCount(c);
      boolean blank = c == ' ' || c == '\t' || c == '\n';
      boolean quote = c == '"' && quotes && inRow < 2;
      boolean newline = c == '\n' && lines && end.equals("\n");
      boolean verbatim = !isControl(c) && c != '"' && c != '\\';
      if (!(quote || newline || verbatim) || chance(8) || (blank && continued)) {
        escape(c);
        inRow = 0;
      } else {
        text.appendCodePoint(c);
        inRow = c == '"' ? inRow + 1 : 0;
      }
      continued = lines && chance(10);
      if (continued) {
        text.append('\\').append(space()).append(end).append(space());
        text.append(chance(2) ? end : "").append(space());
        inRow = 0;
      }
    }
  }

  private void escape(int c) {
    int brief = "\b\t\n\f\r\"\\".indexOf(c);
    if (brief >= 0 && chance(2)) {
      text.append('\\').append("btnfr\"\\".charAt(brief));
    } else {
      String hex = String.format(c > 0xffff || chance(2) ? "U%08x" : "u%04x", c);
      text.append('\\').append(hex.charAt(0));
      text.append(chance(2) ? hex.substring(1) : hex.substring(1).toUpperCase(Locale.ROOT));
    }
  }

  private void number(long value) {
    int form = value < 0 ? 0 : random.nextInt(6);
    String digits = Long.toString(Math.abs(value), new int[] {10, 10, 10, 16, 8, 2}[form]);
    if (form == 3 && chance(2)) {
      digits = digits.toUpperCase(Locale.ROOT);
    }
    String sign = value < 0 ? "-" : form == 1 ? "+" : "";
    text.append(sign).append(new String[] {"", "", "", "0x", "0o", "0b"}[form]);
    if (form > 2 && chance(3)) {
      text.append('0');
    }
    for (int i = 0; i < digits.length(); i++) {
      text.append(i > 0 && chance(4) ? "_" : "").append(digits.charAt(i));
    }
  }

  private void time(Instant instant) {
    int minutes = chance(2) ? random.nextInt(36 * 60 + 1) - 18 * 60 : 0;
    OffsetDateTime time = instant.atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
    text.append(time.toLocalDate()).append(pick("T", "t", " "));
    text.append(DateTimeFormatter.ofPattern("HH:mm:ss").format(time));
    int millis = time.getNano() / 1_000_000;
    if (millis > 0 || chance(4)) {
      text.append(String.format(".%03d", millis));
    }
    text.append(minutes == 0 ? pick("Z", "z", "+00:00", "-00:00") : time.getOffset().toString());
  }

  private void between() {
    while (chance(3)) {
      text.append(indent()).append(chance(2) ? comment() : "").append(end);
    }
  }

  private void endOfLine() {
    text.append(space()).append(chance(4) ? comment() : "").append(end);
  }

  private String comment() {
    String comment = COMMENTS[random.nextInt(COMMENTS.length)];
    return plain && (comment.contains("'''") || comment.contains("\"\"\"")) ? "#" : comment;
  }

  private String indent() {
    return chance(4) ? pick("  ", "\t") : "";
  }

  private String space() {
    return pick("", " ", "  ", "\t");
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String pick(String... all) {
    return all[random.nextInt(all.length)];
  }
}
