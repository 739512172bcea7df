package io.github.appaware.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes passwords and tokens out of command lines before anything else sees them: questions, the
 * record, reports, servers. Hidden are
 *
 * <ul>
 *   <li>the value of an option, a property or a variable whose name has one of the {@linkplain
 *       #WORDS words} in it, in the same word or in the next one; not that of a file or directory
 *   <li>what follows such a name and a colon, as in a header of HTTP
 *   <li>in a URL the password, the user where there is none (a token), and such parameters
 *   <li>what {@code curl} is given for a user's password
 *   <li>what begins like a token of a well-known service
 * </ul>
 *
 * <p>Runs in the target's JVM too, and at each start: without regular expressions.
 */
public final class Secrets {
  /** What stands in their place. */
  public static final String HIDDEN = "***";

  private static final String[] WORDS = {
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "signingkey",
    "credential",
    "authorization",
    "bearer",
    "cookie"
  };

  /** Their values are places, which are no secrets. */
  private static final String[] PLACES = {"file", "path", "dir", "directory", "url", "uri", "type"};

  private static final String[] TOKENS = {
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "npm_",
    "pypi-",
    "sk-",
    "AKIA",
    "ASIA",
    "eyJ"
  };

  private static final int SHORTEST_TOKEN = 16;

  private Secrets() {}

  /** The command line without them. */
  public static List<String> hidden(List<String> command) {
    List<String> shown = new ArrayList<>(command.size());
    boolean isNext = false;
    boolean isUser = false;
    boolean isCurl = !command.isEmpty() && isCurl(command.get(0));
    for (String each : command) {
      String word = String.valueOf(each); // a program may give a process anything
      if (isNext && !isOption(word)) {
        boolean scheme = isScheme(word);
        shown.add(scheme ? word : HIDDEN);
        isNext = scheme;
        isUser = false;
        continue;
      }
      if (isUser) {
        shown.add(user(word));
      } else {
        shown.add(hasSpace(word) ? script(word) : word(word));
      }
      isCurl |= isCurl(word);
      isUser = isCurl && isUserOption(word);
      isNext = isName(word);
    }
    return shown;
  }

  /** A word that is a script for a shell, or a header: with the spaces that it has. */
  private static String script(String text) {
    List<String> words = new ArrayList<>();
    List<String> spaces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      int next = end;
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      words.add(text.substring(at, end));
      spaces.add(text.substring(end, next));
      at = next;
    }
    List<String> shown = hidden(words);
    StringBuilder all = new StringBuilder(text.length());
    for (int i = 0; i < shown.size(); i++) {
      all.append(shown.get(i)).append(spaces.get(i));
    }
    return all.toString();
  }

  private static boolean hasSpace(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.isWhitespace(word.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOption(String word) {
    return word.length() > 1 && word.charAt(0) == '-' && !Character.isDigit(word.charAt(1));
  }

  private static boolean isCurl(String word) {
    return word.equals("curl") || word.endsWith("/curl");
  }

  private static boolean isUserOption(String word) {
    return word.equals("-u")
        || word.equals("--user")
        || word.equals("-U")
        || word.equals("--proxy-user");
  }

  private static boolean isScheme(String word) {
    String plain = unquoted(word);
    return plain.equalsIgnoreCase("bearer")
        || plain.equalsIgnoreCase("basic")
        || plain.equalsIgnoreCase("token");
  }

  private static String unquoted(String word) {
    int from = 0;
    int to = word.length();
    while (from < to && isQuote(word.charAt(from))) {
      from++;
    }
    while (to > from && isQuote(word.charAt(to - 1))) {
      to--;
    }
    return word.substring(from, to);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** Whether the next word is the value: {@code --password}, {@code 'Authorization:}. */
  private static boolean isName(String word) {
    String plain = unquoted(word);
    if (plain.endsWith(":")) {
      return isSecret(plain.substring(0, plain.length() - 1));
    }
    return isOption(plain) && plain.indexOf('=') < 0 && plain.indexOf(':') < 0 && isSecret(plain);
  }

  private static String user(String word) {
    int colon = word.indexOf(':');
    return colon < 0 ? word : word.substring(0, colon + 1) + HIDDEN;
  }

  private static String word(String word) {
    int equals = word.indexOf('=');
    int colon = word.indexOf(':');
    int end = equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
    if (end > 0 && end + 1 < word.length() && isSecret(word.substring(0, end))) {
      return word.substring(0, end + 1) + HIDDEN;
    }
    return tokens(parameters(url(word)));
  }

  private static boolean isSecret(String name) {
    StringBuilder letters = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        letters.append(c);
      } else if (c == '/') {
        return false; // a path
      }
    }
    String plain = letters.toString().toLowerCase(Locale.ROOT);
    for (String place : PLACES) {
      if (plain.endsWith(place)) {
        return false;
      }
    }
    for (String each : WORDS) {
      if (plain.contains(each)) {
        return true;
      }
    }
    return plain.length() > 3 && plain.endsWith("pwd") && !plain.equals("oldpwd");
  }

  /** Of each URL in the word: no password, and no user of one that has none. */
  private static String url(String word) {
    int begin = word.indexOf("://");
    if (begin < 0) {
      return word;
    }
    int from = begin + 3;
    int end = from;
    while (end < word.length() && "/?#\"' ,".indexOf(word.charAt(end)) < 0) {
      end++;
    }
    int at = word.lastIndexOf('@', end - 1);
    String rest = url(word.substring(end));
    if (at < from) {
      return word.substring(0, end) + rest;
    }
    int colon = word.indexOf(':', from);
    boolean isWeb =
        begin >= 4 && word.substring(0, begin).toLowerCase(Locale.ROOT).contains("http");
    String user =
        colon >= 0 && colon < at
            ? word.substring(from, colon + 1) + HIDDEN
            : isWeb ? HIDDEN : word.substring(from, at);
    return word.substring(0, from) + user + word.substring(at, end) + rest;
  }

  private static String parameters(String word) {
    int query = word.indexOf('?');
    if (query < 0) {
      return word;
    }
    StringBuilder shown = new StringBuilder(word.length()).append(word, 0, query + 1);
    int at = query + 1;
    while (at <= word.length()) {
      int end = at;
      while (end < word.length() && "&;#".indexOf(word.charAt(end)) < 0) {
        end++;
      }
      int equals = word.indexOf('=', at);
      boolean secret = equals > at && equals < end && isSecret(word.substring(at, equals));
      shown.append(word, at, secret ? equals + 1 : end).append(secret ? HIDDEN : "");
      if (end < word.length()) {
        shown.append(word.charAt(end));
      }
      at = end + 1;
    }
    return shown.toString();
  }

  private static String tokens(String word) {
    for (String token : TOKENS) {
      int at = word.indexOf(token);
      if (at >= 0 && (at == 0 || !Character.isLetterOrDigit(word.charAt(at - 1)))) {
        int end = at;
        while (end < word.length()
            && (Character.isLetterOrDigit(word.charAt(end))
                || "_-.".indexOf(word.charAt(end)) >= 0)) {
          end++;
        }
        if (end - at >= SHORTEST_TOKEN) {
          return word.substring(0, at + token.length()) + HIDDEN + tokens(word.substring(end));
        }
      }
    }
    return word;
  }
}
