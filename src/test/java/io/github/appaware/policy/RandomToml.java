package io.github.appaware.policy;

import java.util.Random;

/** Policies with comments, spaces, quotes and line ends at every place where TOML has them. */
public final class RandomToml {
  private static final String[] COMMENTS = {
    "# c", "#", "#  \"x [a] # y", "# it's '''", "#\u00fc", "# [[rule]]", "# a = 1   "
  };
  private static final String[] SCALARS = {
    "\"a.example\"",
    "'a.example'",
    "\"C:\\\\x\"",
    "'C:\\x'",
    "\"q\\\"q\"",
    "\"a#b\"",
    "'[[x]]'",
    "\"\\u0041\"",
    "443",
    "0x1BB",
    "1_000",
    "true",
    "-1.5e3",
    "2027-01-01T00:00:00Z",
    "2027-01-01 00:00:00+01:00",
    "2027-01-01",
    "10:00:00",
    "'''it's\nlong'''",
    "\"\"\"a\\\n  b\"\"\"",
    "\"\"\"x\"\"\"\"",
    "\"\"",
    "''",
    "\"it's\\\\\\\"\"",
    "{}",
    "{ a = 1, 'b' = [ 1,2 ] }"
  };

  private final Random random;
  private final String end;
  private final StringBuilder text = new StringBuilder();
  private int keys;

  private RandomToml(Random random) {
    this.random = random;
    this.end = random.nextInt(3) == 0 ? "\r\n" : "\n";
  }

  public static String of(Random random) {
    RandomToml toml = new RandomToml(random);
    toml.write();
    return toml.text.toString();
  }

  private void write() {
    if (chance(10)) {
      text.append('\ufeff');
    }
    between();
    entries();
    for (int i = random.nextInt(5); i > 0; i--) {
      between();
      header();
      entries();
    }
    between();
    if (chance(4)) {
      int last = text.length() - end.length();
      if (last >= 0 && text.toString().endsWith(end)) {
        text.setLength(last);
      }
    }
  }

  private void header() {
    String name = pick("rule", "\"rule\"", "app", " rule ", "rule\t");
    text.append(indent());
    if (chance(4)) {
      text.append('[').append(space()).append("t").append(keys++).append(space()).append(']');
    } else {
      text.append("[[").append(name).append("]]");
    }
    endOfLine();
  }

  private void entries() {
    for (int i = random.nextInt(5); i > 0; i--) {
      String key = "k" + keys++ + "x".repeat(random.nextInt(4));
      String written = pick(key, '"' + key + '"', "'" + key + "'", key + " . a", key + ".\"b c\"");
      text.append(indent()).append(written).append(space()).append('=').append(space());
      value(2);
      endOfLine();
      between();
    }
  }

  private void value(int depth) {
    if (depth == 0 || chance(2)) {
      String scalar = SCALARS[random.nextInt(SCALARS.length)];
      text.append(depth < 2 && scalar.startsWith("{") ? "1" : scalar.replace("\n", end));
      return;
    }
    text.append('[');
    for (int i = random.nextInt(4); i > 0; i--) {
      inside();
      value(depth - 1);
      inside();
      if (i > 1 || chance(3)) {
        text.append(',');
      }
    }
    inside();
    text.append(']');
  }

  /** What may stand between two tokens of an array. */
  private void inside() {
    if (chance(4)) {
      text.append(space()).append(end).append(space());
    }
    if (chance(6)) {
      text.append(space()).append(comment()).append(end).append(indent());
    }
    text.append(space());
  }

  private void between() {
    while (chance(2)) {
      text.append(indent()).append(chance(2) ? comment() : "").append(end);
    }
  }

  private void endOfLine() {
    text.append(space()).append(chance(3) ? comment() : "").append(end);
  }

  private String comment() {
    return COMMENTS[random.nextInt(COMMENTS.length)];
  }

  private String indent() {
    return chance(4) ? "  " : "";
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
