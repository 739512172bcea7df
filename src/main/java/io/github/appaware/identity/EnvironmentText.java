package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Options in environment variables: splits them, and rejects those that would change what runs. */
final class EnvironmentText {
  /** The variables that the JVM itself reads, before and after the launcher's options. */
  private static final List<String> JVM_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  /** Options that replace the code that the command line names. */
  private static final List<String> REPLACING = List.of("-Djava.class.path=", "--module-path");

  private EnvironmentText() {}

  /**
   * The words of a variable's value, separated by white space. Within quotes of either kind, every
   * character but the quote is literal; there are no escapes.
   *
   * @throws TargetException 125 for an unclosed quote
   */
  static List<String> words(String variable, String value) throws TargetException {
    return split(variable, value, true);
  }

  /** The same, with quotes taken literally. */
  static List<String> unquotedWords(String text) throws TargetException {
    return split("", text, false);
  }

  private static List<String> split(String variable, String text, boolean quotes)
      throws TargetException {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSpace(c)) {
        if (word != null) {
          words.add(word.toString());
          word = null;
        }
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (!quotes || (c != '"' && c != '\'')) {
        word.append(c);
        continue;
      }
      int close = text.indexOf(c, i + 1);
      if (close < 0) {
        throw TargetException.failed(quoted(variable) + " has an unclosed quote");
      }
      word.append(text, i + 1, close);
      i = close;
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }

  /** {@code isspace} of the C locale. */
  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /**
   * Rejects variables and option files that make the JVM load other code than the command line
   * names: the hash would be that of the wrong files.
   */
  static void refuseReplacing(
      Map<String, String> environment, List<String> jvmOptions, ArgFiles files)
      throws TargetException {
    for (String variable : JVM_VARIABLES) {
      refuse(variable, environment.getOrDefault(variable, ""));
    }
    for (String option : jvmOptions) {
      String prefix = "-XX:VMOptionsFile=";
      if (option.startsWith(prefix)) {
        refuse(option, files.text(option.substring(prefix.length())));
      }
    }
  }

  private static void refuse(String place, String text) throws TargetException {
    for (String option : REPLACING) {
      if (text.contains(option)) {
        throw TargetException.failed(
            quoted(place) + " sets " + quoted(option) + ": what runs would not be what was hashed",
            "put it on the command line");
      }
    }
  }
}
