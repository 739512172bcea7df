package io.github.appaware.policy;

import java.util.Arrays;

/**
 * A pattern over a path or a file name. {@code ?} is one character, {@code *} any number of them,
 * neither a slash; {@code **} crosses slashes, and {@code /**}{@code /} is also a single slash.
 *
 * <p>Not a regular expression, which can be made to take for ever: stars are tried one after the
 * other, never in all combinations, and matching allocates nothing.
 */
public final class Glob {
  private static final int ONE = -1;
  private static final int STAR = -2;
  private static final int DEEP = -3;

  /** The {@code **}{@code /} after a slash: nothing, or anything that ends with a slash. */
  private static final int DIRECTORIES = -4;

  private final String source;

  /** A character each, or one of the constants. */
  private final int[] tokens;

  private Glob(String source) {
    this.source = source;
    this.tokens = tokens(source);
  }

  /** A pattern for paths of Unix-domain sockets, which events have absolute and normalized. */
  static Glob path(String text) throws MalformedValue {
    if (!text.startsWith("/")) {
      throw new MalformedValue(
          "the path " + Words.quoted(text) + " is not absolute", "begin it with `/`");
    }
    for (String part : text.substring(1).split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new MalformedValue(
            "the path " + Words.quoted(text) + " matches nothing",
            "write it without `//`, `/./`, `/../` and a slash at the end");
      }
    }
    return new Glob(text);
  }

  /** A pattern for names of files. */
  static Glob fileName(String text) throws MalformedValue {
    if (text.isEmpty()) {
      throw new MalformedValue("the file name is empty, so it matches nothing", "");
    }
    if (text.indexOf('/') >= 0) {
      throw new MalformedValue(
          Words.quoted(text) + " has a slash in it, so it matches nothing",
          "`file` is compared with the file name alone, without its directory");
    }
    return new Glob(text);
  }

  private static int[] tokens(String source) {
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
          && source.charAt(i - 1) == '/'
          && end < source.length()
          && source.charAt(end) == '/') {
        tokens[count++] = DIRECTORIES;
        i = end + 1;
      } else {
        tokens[count++] = DEEP;
        i = end;
      }
    }
    return Arrays.copyOf(tokens, count);
  }

  /**
   * Whether the whole text fits. At a dead end only the last star of each sort is tried further on:
   * what stood before it fits as early as it can, which leaves the rest every choice.
   */
  boolean matches(String text) {
    int at = 0;
    int token = 0;
    int star = -1;
    int starEnd = 0;
    int deep = -1;
    int deepEnd = 0;
    while (at < text.length() || token < tokens.length) {
      int wanted = token < tokens.length ? tokens[token] : 0;
      if (wanted == STAR) {
        star = token++;
        starEnd = at;
      } else if (wanted == DEEP || wanted == DIRECTORIES) {
        deep = token++;
        deepEnd = at;
        star = -1;
      } else if (token < tokens.length && at < text.length() && fits(wanted, text.charAt(at))) {
        token++;
        at++;
      } else if (star >= 0 && starEnd < text.length() && text.charAt(starEnd) != '/') {
        at = ++starEnd;
        token = star + 1;
      } else {
        deepEnd = deep < 0 ? -1 : further(text, tokens[deep], deepEnd);
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

  private static boolean fits(int token, char c) {
    return token == c || (token == ONE && c != '/');
  }

  /** The next place where a {@code **} that ended at {@code end} can end, or -1. */
  private static int further(String text, int token, int end) {
    if (token == DIRECTORIES) {
      int slash = text.indexOf('/', end);
      return slash < 0 ? -1 : slash + 1;
    }
    return end < text.length() ? end + 1 : -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob that && source.equals(that.source);
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
