package io.github.appaware.jvm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The options of the {@code java} launcher that decide what runs or take their value from the next
 * word ({@code IsWhiteSpaceOption} and {@code ParseArguments} in OpenJDK's {@code libjli/java.c}).
 * All others are the JVM's own and stand alone.
 */
enum LauncherOption {
  JAR("-jar"),
  MODULE("-m --module"),
  SOURCE("--source"),
  CLASS_PATH("-cp -classpath --class-path"),
  MODULE_PATH("-p --module-path"),
  UPGRADE_MODULE_PATH("--upgrade-module-path"),
  PATCH_MODULE("--patch-module"),
  DESCRIBE_MODULE("-d --describe-module"),
  /** Values that neither name code nor end the line. */
  MODULE_GRAPH(
      "--add-modules --limit-modules --add-exports --add-opens --add-reads"
          + " --enable-native-access"),
  /** Prints something instead of running the main class, whatever else is on the line. */
  LISTING("--list-modules --validate-modules"),
  /** The same, and what follows is not even read. */
  FINAL("-h -? -help --help -X --help-extra -version --version -fullversion --full-version");

  private static final Set<LauncherOption> ALONE = Set.of(JAR, LISTING, FINAL);
  private static final Map<String, LauncherOption> BY_NAME = new LinkedHashMap<>();

  static {
    for (LauncherOption option : values()) {
      for (String name : option.names.split(" ", -1)) {
        BY_NAME.put(name, option);
      }
    }
  }

  private final String names;

  LauncherOption(String names) {
    this.names = names;
  }

  /** The option of this word, or null; a value behind {@code =} does not belong to the word. */
  static LauncherOption of(String word) {
    return BY_NAME.get(word);
  }

  /** Whether the value of this word is the next one, unless that begins with a dash. */
  static boolean takesNextWord(String word) {
    LauncherOption option = BY_NAME.get(word);
    return option != null && !ALONE.contains(option);
  }

  /** Whether this is the long form {@code --name=value} of an option that takes a value. */
  static boolean hasValueInside(String word) {
    int equals = word.indexOf('=');
    return equals > 0 && word.startsWith("--") && takesNextWord(word.substring(0, equals));
  }

  /** Whether the next word that is no option names what runs. */
  static boolean isMain(String word) {
    LauncherOption option = BY_NAME.get(word);
    return option == JAR || option == MODULE;
  }

  /** Whether the launcher accepts an empty value in the next word, or behind {@code =}. */
  boolean mayBeEmpty() {
    return this == CLASS_PATH || this == DESCRIBE_MODULE;
  }
}
