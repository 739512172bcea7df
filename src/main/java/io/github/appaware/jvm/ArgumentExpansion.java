package io.github.appaware.jvm;

import static io.github.appaware.jvm.OptionException.quoted;

import io.github.appaware.jvm.JvmOption.Source;
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
  static final String VARIABLE = "JDK_JAVA_OPTIONS";

  /** What may stand on the command line only. */
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

  private final OptionFiles files;
  private final List<JvmOption> words = new ArrayList<>();
  private boolean mainSeen;
  private boolean valueExpected;
  private boolean stopped;

  private ArgumentExpansion(OptionFiles files) {
    this.files = files;
  }

  /**
   * The words in the launcher's order.
   *
   * @throws OptionException where the launcher itself would refuse to go on
   */
  static List<JvmOption> of(
      List<String> arguments, Map<String, String> environment, OptionFiles files)
      throws OptionException {
    ArgumentExpansion expansion = new ArgumentExpansion(files);
    String options = environment.get(VARIABLE);
    if (options != null) {
      expansion.addOptions(OptionText.words(VARIABLE, options), VARIABLE, Source.VARIABLE);
    }
    for (String argument : arguments) {
      expansion.add(argument);
    }
    return expansion.words;
  }

  private void add(String argument) throws OptionException {
    // A #! line hands over everything behind the interpreter as one argument.
    boolean shebang = argument.startsWith("--source") && argument.indexOf(' ') >= 0;
    if (shebang && !mainSeen && !stopped) {
      addOptions(OptionText.unquotedWords(argument), argument, Source.COMMAND_LINE);
    } else {
      expand(argument, Source.COMMAND_LINE, "");
    }
  }

  /** Words that may be options only, because the main class belongs on the command line. */
  private void addOptions(List<String> options, String place, Source source)
      throws OptionException {
    for (String option : options) {
      int before = words.size();
      expand(option, source, source == Source.VARIABLE ? place : "");
      for (JvmOption word : words.subList(before, words.size())) {
        if (TERMINAL.contains(word.text()) || word.text().startsWith("--module=")) {
          throw new OptionException(
              quoted(word.text()) + " is not allowed in " + quoted(place),
              "java accepts it on the command line only");
        }
      }
      if (mainSeen) {
        throw new OptionException(
            quoted(option) + " in " + quoted(place) + " names a main class",
            "java accepts it on the command line only");
      }
    }
  }

  private void expand(String argument, Source source, String place) throws OptionException {
    boolean literal = mainSeen || stopped || argument.equals("@") || !argument.startsWith("@");
    if (literal || argument.startsWith("@@")) {
      note(literal ? argument : argument.substring(1), source, place);
      return;
    }
    byte[] file = files.bytes(argument.substring(1), argument);
    for (String text : ArgumentFile.words(file)) {
      note(text, Source.ARGUMENT_FILE, argument);
    }
  }

  /** Keeps track of where the main class is: behind it, {@code @} has no meaning. */
  private void note(String argument, Source source, String place) {
    words.add(new JvmOption(argument, source, place));
    if (argument.startsWith("-")) {
      boolean main = LauncherOption.isMain(argument);
      valueExpected = LauncherOption.takesNextWord(argument) && !main;
      stopped |= argument.equals("--disable-@files");
      mainSeen |= argument.startsWith("--module=");
    } else {
      mainSeen |= !valueExpected;
      valueExpected = false;
    }
  }
}
