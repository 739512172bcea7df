package io.github.appaware.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The plain words that a regular expression stands for, where it is one that merely lists words:
 * {@code ^(80|443)$}, {@code ^(.*\.)?example\.com$}. A policy has no regular expressions.
 */
final class Alternatives {
  private static final Pattern WHOLE = Pattern.compile("\\^(.+)\\$");
  private static final Pattern GROUP = Pattern.compile("\\((?:\\?:)?([^()]*)\\)");
  private static final Pattern WORD = Pattern.compile("(?:[A-Za-z0-9_-]|\\\\[.-])+");
  private static final Pattern ADDRESS = Pattern.compile("(?:[A-Fa-f0-9:]|\\\\\\.)+");

  /** Usual expressions for a name and all names below it. */
  private static final List<String> ALSO_BELOW =
      List.of("(.*\\.)?", "(?:.*\\.)?", "(|.*\\.)", "(.*\\.|)", "(^|.*\\.)", "(?:|.*\\.)");

  private static final String BELOW = ".*\\.";

  private Alternatives() {}

  /** The words; empty if the expression is not such a list. */
  static List<String> words(String regexp) {
    return words(regexp, WORD);
  }

  /** The addresses; empty if the expression is no list of them. */
  static List<String> addresses(String regexp) {
    return words(regexp, ADDRESS);
  }

  private static List<String> words(String regexp, Pattern kind) {
    Matcher whole = WHOLE.matcher(regexp);
    if (!whole.matches()) {
      return List.of();
    }
    Matcher group = GROUP.matcher(whole.group(1));
    String inner = group.matches() ? group.group(1) : whole.group(1);
    if (!group.matches() && inner.indexOf('|') >= 0) {
      return List.of(); // ^a|b$ is something else
    }
    List<String> words = new ArrayList<>();
    for (String word : inner.split("\\|", -1)) {
      if (!kind.matcher(word).matches()) {
        return List.of();
      }
      words.add(word.replace("\\", ""));
    }
    return words;
  }

  /** The host patterns; empty if the expression is no list of names. */
  static List<String> hosts(String regexp) {
    for (String start : ALSO_BELOW) {
      if (regexp.startsWith("^" + start)) {
        List<String> hosts = new ArrayList<>();
        for (String name : words("^" + regexp.substring(1 + start.length()))) {
          hosts.add(name);
          hosts.add("*." + name);
        }
        return hosts;
      }
    }
    if (regexp.startsWith("^" + BELOW)) {
      return words("^" + regexp.substring(1 + BELOW.length())).stream()
          .map(name -> "*." + name)
          .toList();
    }
    return words(regexp);
  }
}
