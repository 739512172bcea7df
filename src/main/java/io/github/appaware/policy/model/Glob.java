package io.github.appaware.policy.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * A pattern over a path, a file name or another name. {@code ?} is one character, {@code *} any
 * number of them, neither a slash (a dot in names of packages and modules); {@code **} crosses
 * slashes, and {@code /**}{@code /} is also a single slash.
 *
 * <p>Unlike a regular expression, it can't be made to backtrack exponentially: stars are tried one
 * after the other, never in all combinations. Matching allocates nothing.
 */
public final class Glob {
  private static final int ONE = -1;
  private static final int STAR = -2;
  private static final int DEEP = -3;

  /** The {@code **}{@code /} after a slash: nothing, or anything that ends with a slash. */
  private static final int DIRECTORIES = -4;

  private final String source;
  private final char separator;

  /** A character each, or one of the constants. */
  private final int[] tokens;

  private Glob(String source, char separator) {
    this.source = source;
    this.separator = separator;
    this.tokens = tokens(source, separator);
  }

  /** A pattern for paths of Unix-domain sockets, which events have absolute and normalized. */
  public static Glob path(String text) throws MalformedValue {
    if (!text.startsWith("/")) {
      throw new MalformedValue(
          "the path " + UserText.quoted(text) + " is not absolute", "begin it with `/`");
    }
    for (String part : text.substring(1).split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new MalformedValue(
            "the path " + UserText.quoted(text) + " matches nothing",
            "write it without `//`, `/./`, `/../` and a slash at the end");
      }
    }
    return new Glob(text, '/');
  }

  /** A pattern for names of files. */
  public static Glob fileName(String text) throws MalformedValue {
    if (text.isEmpty()) {
      throw new MalformedValue("the file name is empty, so it matches nothing", "");
    }
    if (text.indexOf('/') >= 0) {
      throw new MalformedValue(
          UserText.quoted(text) + " has a slash in it, so it matches nothing",
          "`file` is compared with the file name alone, without its directory");
    }
    return new Glob(text, '/');
  }

  /** A pattern for text without separators: a user, a part of coordinates. */
  public static Glob plain(String text) throws MalformedValue {
    if (text.isEmpty()) {
      throw new MalformedValue("the pattern is empty, so it matches nothing", "");
    }
    return new Glob(text, '\0');
  }

  /** A pattern for names of machines, which compare without regard to case. */
  public static Glob machine(String text) throws MalformedValue {
    return plain(normalMachine(text));
  }

  /** The name of a machine as patterns are compared with it. */
  public static String normalMachine(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** A pattern for names in which dots stand where paths have slashes. */
  static Glob dotted(String text) {
    return new Glob(text, '.');
  }

  private static int[] tokens(String source, char separator) {
    int[] tokens = new int[source.length()];
    int count = 0;
    int i = 0;
    while (i < source.length()) {
      int end = i;
      while (end < source.length() && source.charAt(end) == '*') {
        end++;
      }
      if (end == i) {
        tokens[count++] = source.charAt(i) == '?' ? ONE : source.charAt(i);
        i++;
      } else if (end == i + 1) {
        tokens[count++] = STAR;
        i = end;
      } else if (i > 0
          && source.charAt(i - 1) == separator
          && end < source.length()
          && source.charAt(end) == separator) {
        tokens[count++] = DIRECTORIES;
        i = end + 1;
      } else {
        tokens[count++] = DEEP;
        i = end;
      }
    }
    return Arrays.copyOf(tokens, count);
  }

  /** Whether the pattern has no wildcards, so that it matches its own text only. */
  public boolean isLiteral() {
    return source.indexOf('*') < 0 && source.indexOf('?') < 0;
  }

  /**
   * Whether the whole text matches. After a mismatch only the last star of each kind is extended:
   * the tokens before it match as early as they can, which leaves the rest every choice.
   */
  public boolean matches(String text) {
    return matches(text, 0, text.length());
  }

  /** Whether the text matches from one index to before another. */
  boolean matches(String text, int from, int to) {
    int at = from;
    int token = 0;
    int star = -1;
    int starEnd = 0;
    int deep = -1;
    int deepEnd = 0;
    while (at < to || token < tokens.length) {
      int wanted = token < tokens.length ? tokens[token] : 0;
      if (wanted == STAR) {
        star = token++;
        starEnd = at;
      } else if (wanted == DEEP || wanted == DIRECTORIES) {
        deep = token++;
        deepEnd = at;
        star = -1;
      } else if (token < tokens.length && at < to && fits(wanted, text.charAt(at))) {
        token++;
        at++;
      } else if (star >= 0 && starEnd < to && text.charAt(starEnd) != separator) {
        at = ++starEnd;
        token = star + 1;
      } else {
        deepEnd = deep < 0 ? -1 : further(text, tokens[deep], deepEnd, to);
        if (deepEnd < 0) {
          return false;
        }
        star = -1;
        at = deepEnd;
        token = deep + 1;
      }
    }
    return true;
  }

  private boolean fits(int token, char c) {
    return token == c || (token == ONE && c != separator);
  }

  /** The next place where a {@code **} that ended at {@code end} can end, or -1. */
  private int further(String text, int token, int end, int to) {
    if (token == DIRECTORIES) {
      int slash = text.indexOf(separator, end);
      return slash < 0 || slash >= to ? -1 : slash + 1;
    }
    return end < to ? end + 1 : -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob that && source.equals(that.source) && separator == that.separator;
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return source;
  }
}
