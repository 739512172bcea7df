package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first pass of the {@code java} launcher over its arguments ({@code JLI_PreprocessArg} in
 * OpenJDK's {@code libjli/args.c}): puts {@code JDK_JAVA_OPTIONS} in front and argument files in
 * place, up to the main class.
 */
final class ArgumentExpansion {
  /** The index of words that do not come from the command line. */
  static final int FROM_ENVIRONMENT = -1;

  /**
   * A word for the second pass.
   *
   * @param index of the argument that it came from
   */
  record Word(String text, int index) {}

  private static final String VARIABLE = "JDK_JAVA_OPTIONS";

  /** Options that may occur on the command line only. */
  private static final Set<String> TERMINAL =
      Set.of(
          "-jar",
          "-m",
          "--module",
          "--dry-run",
          "-h",
          "-?",
          "-help",
          "--help",
          "-X",
          "--help-extra",
          "-version",
          "--version",
          "-fullversion",
          "--full-version");

  private final ArgFiles files;
  private final List<Word> words = new ArrayList<>();
  private boolean mainSeen;
  private boolean valueExpected;
  private boolean stopped;

  private ArgumentExpansion(ArgFiles files) {
    this.files = files;
  }

  /**
   * The words in the launcher's order.
   *
   * @throws TargetException 125 where the launcher itself would refuse to go on
   */
  static List<Word> of(List<String> arguments, Map<String, String> environment, ArgFiles files)
      throws TargetException {
    ArgumentExpansion expansion = new ArgumentExpansion(files);
    String options = environment.get(VARIABLE);
    if (options != null) {
      expansion.addOptions(EnvironmentText.words(VARIABLE, options), VARIABLE, FROM_ENVIRONMENT);
    }
    for (int i = 0; i < arguments.size(); i++) {
      expansion.add(arguments.get(i), i);
    }
    return List.copyOf(expansion.words);
  }

  private void add(String argument, int index) throws TargetException {
    // A #! line passes everything after the interpreter as one argument.
    boolean shebang = argument.startsWith("--source") && argument.indexOf(' ') >= 0;
    if (shebang && !mainSeen && !stopped) {
      addOptions(EnvironmentText.unquotedWords(argument), argument, index);
      return;
    }
    for (String text : expand(argument)) {
      words.add(new Word(text, index));
    }
  }

  /** Adds words that may only be options, because the main class must be on the command line. */
  private void addOptions(List<String> options, String place, int index) throws TargetException {
    for (String option : options) {
      for (String text : expand(option)) {
        if (TERMINAL.contains(text) || text.startsWith("--module=")) {
          throw TargetException.failed(
              quoted(text) + " is not allowed in " + quoted(place),
              "java accepts it on the command line only");
        }
        words.add(new Word(text, index));
      }
      if (mainSeen) {
        throw TargetException.failed(
            quoted(option) + " in " + quoted(place) + " names a main class",
            "java accepts it on the command line only");
      }
    }
  }

  private List<String> expand(String argument) throws TargetException {
    if (mainSeen) {
      return List.of(argument);
    }
    if (stopped || argument.equals("@") || !argument.startsWith("@")) {
      note(argument);
      return List.of(argument);
    }
    String name = argument.substring(1);
    if (name.startsWith("@")) {
      note(name);
      return List.of(name);
    }
    List<String> expanded = ArgumentFile.words(files.text(name));
    for (String text : expanded) {
      note(text);
    }
    return expanded;
  }

  /** Tracks where the main class is: after it, {@code @} has no meaning. */
  private void note(String argument) {
    if (argument.startsWith("-")) {
      boolean main = LauncherOption.of(argument).map(LauncherOption::isMain).orElse(false);
      valueExpected = LauncherOption.takesNextWord(argument) && !main;
      stopped |= argument.equals("--disable-@files");
      mainSeen |= argument.startsWith("--module=");
    } else {
      mainSeen |= !valueExpected;
      valueExpected = false;
    }
  }
}
