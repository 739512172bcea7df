package io.github.appaware.policy.read;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a list for another tool, of which the names and all names below them are meant:
 *
 * <ul>
 *   <li>AdBlock, as name servers read it: {@code ||name^}; comments begin with {@code !}, and a
 *       header is in brackets
 *   <li>dnsmasq: {@code address=/name/0.0.0.0}, {@code local=/name/}, {@code server=/name/}
 * </ul>
 *
 * @param names the names, as they are written
 */
record FilterLine(Kind kind, List<String> names) {
  /** What the line is. */
  enum Kind {
    /** A comment or a header. */
    COMMENT,
    /** Names. */
    NAMES,
    /** It takes back what other lines say. */
    EXCEPTION,
    /** A filter that is about more or something else than names. */
    OTHER,
    /** No line of these tools. */
    NONE
  }

  private static final Pattern HEADER = Pattern.compile("\\[[^\\[\\]]*]");
  private static final Pattern NAME = Pattern.compile("\\|\\|([^|^/$*\\s]+)\\^");
  private static final Pattern DNSMASQ =
      Pattern.compile("(?:address=/(.+)/[^/]*|(?:local|server)=/(.+)/)\\s*(?:#.*)?");

  FilterLine {
    names = List.copyOf(names);
  }

  static FilterLine parse(String line) {
    String text = line.strip();
    if (text.startsWith("!") || HEADER.matcher(text).matches()) {
      return new FilterLine(Kind.COMMENT, List.of());
    }
    if (text.startsWith("@@")) {
      return new FilterLine(Kind.EXCEPTION, List.of());
    }
    Matcher name = NAME.matcher(text);
    if (name.matches()) {
      return new FilterLine(Kind.NAMES, List.of(name.group(1)));
    }
    Matcher dnsmasq = DNSMASQ.matcher(text);
    if (dnsmasq.matches()) {
      String names = dnsmasq.group(1) != null ? dnsmasq.group(1) : dnsmasq.group(2);
      return new FilterLine(Kind.NAMES, Arrays.asList(names.split("/", -1)));
    }
    boolean other = text.startsWith("|") || text.contains("=/") || hasCosmetic(text);
    return new FilterLine(other ? Kind.OTHER : Kind.NONE, List.of());
  }

  private static boolean hasCosmetic(String text) {
    int hash = text.indexOf('#');
    return hash > 0 && isCosmetic(text.substring(hash));
  }

  /** Whether the text begins with what stands between names and a part of a page in AdBlock. */
  static boolean isCosmetic(String text) {
    return text.startsWith("##") || text.startsWith("#@#") || text.startsWith("#?#");
  }
}
