package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import io.github.appaware.identity.ArgumentExpansion.Word;
import io.github.appaware.identity.JavaCommandLine.Kind;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The second pass of the {@code java} launcher over its words ({@code ParseArguments} in OpenJDK's
 * {@code libjli/java.c}). For a single use.
 */
final class LauncherParser {
  /** The JVM takes the class path from this property; the launcher's options only set it. */
  private static final String CLASS_PATH_PROPERTY = "-Djava.class.path=";

  private final List<Word> words;
  private final ArgFiles files;
  private final List<String> injected = new ArrayList<>();
  private int at;
  private int mainIndex;
  private boolean listing;
  private Kind kind;
  private String main;
  private List<String> classPath;
  private List<String> modulePath = List.of();

  LauncherParser(List<Word> words, Map<String, String> environment, ArgFiles files) {
    this.words = words;
    this.files = files;
    String variable = environment.get("CLASSPATH");
    classPath = variable == null ? null : PathText.expand(variable, files);
  }

  JavaCommandLine parse() throws TargetException {
    boolean last = false;
    while (!last && main == null && atOption()) {
      noteBoundary();
      last = readOption();
    }
    int end = at;
    if (!last && main == null && at < words.size()) {
      noteBoundary();
      main = words.get(at++).text();
    }
    if (last || listing || main == null) {
      kind = Kind.NONE;
      main = "";
    } else if (kind == null) {
      kind = main.endsWith(".java") && files.exists(main) ? Kind.SOURCE : Kind.CLASSPATH;
    }
    return new JavaCommandLine(
        kind,
        main,
        effectiveClassPath(),
        classPath != null || kind == Kind.JAR,
        modulePath,
        injected,
        texts(0, end),
        texts(at, words.size()),
        mainIndex);
  }

  private boolean atOption() {
    return at < words.size() && words.get(at).text().startsWith("-");
  }

  /**
   * An option may be inserted here if an argument begins here: not within an argument file, nor
   * between an option and its value. Between {@code -jar} and the jar it could, but would read
   * badly.
   */
  private void noteBoundary() {
    int index = words.get(at).index();
    boolean begins = at == 0 || words.get(at - 1).index() != index;
    boolean behindJar = at > 0 && words.get(at - 1).text().equals("-jar") && !atOption();
    boolean jarIsOwnArgument = behindJar && words.get(at - 1).index() == mainIndex;
    if (index != ArgumentExpansion.FROM_ENVIRONMENT && begins && !jarIsOwnArgument) {
      mainIndex = index;
    }
  }

  /** Reads one option with its value; true if the launcher reads no further. */
  private boolean readOption() throws TargetException {
    String word = words.get(at++).text();
    boolean inside = LauncherOption.hasValueInside(word);
    String name = inside ? word.substring(0, word.indexOf('=')) : word;
    Optional<LauncherOption> known = LauncherOption.of(name);
    if (known.isEmpty()) {
      readJvmOption(word);
      return false;
    }
    LauncherOption option = known.get();
    String value = null;
    if (inside) {
      value = word.substring(name.length() + 1);
    } else if (LauncherOption.takesNextWord(word) && at < words.size() && !atOption()) {
      value = words.get(at++).text();
    }
    boolean missing = value == null || (value.isEmpty() && !option.mayBeEmpty());
    if (missing && LauncherOption.takesNextWord(name)) {
      throw TargetException.failed(quoted(word) + " needs a value");
    }
    apply(option, word, value);
    return option == LauncherOption.FINAL;
  }

  private void apply(LauncherOption option, String word, String value) throws TargetException {
    switch (option) {
      case JAR -> {
        if (at == words.size()) {
          throw TargetException.failed(quoted(word) + " needs a jar file");
        }
        setKind(Kind.JAR, word);
      }
      case MODULE -> {
        setKind(Kind.MODULE, word);
        main = value;
      }
      case SOURCE -> kind = Kind.SOURCE;
      case CLASS_PATH -> {
        if (kind == Kind.JAR) {
          // JDK 17 then takes the jar's name for a class name, JDK 25 still runs the jar.
          throw TargetException.failed(
              quoted(word) + " is between `-jar` and the jar", "put it before `-jar`");
        }
        classPath = PathText.expand(value, files);
      }
      case MODULE_PATH -> modulePath = PathText.split(value);
      case UPGRADE_MODULE_PATH -> injected.addAll(PathText.split(value));
      case PATCH_MODULE -> injected.addAll(PathText.split(value.substring(value.indexOf('=') + 1)));
      case DESCRIBE_MODULE, LISTING -> listing = true;
      case MODULE_GRAPH, FINAL -> {}
    }
  }

  private void setKind(Kind newKind, String word) throws TargetException {
    if (kind == Kind.SOURCE) {
      throw TargetException.failed(quoted(word) + " can't follow `--source`");
    }
    kind = newKind;
  }

  private void readJvmOption(String word) {
    String boot = "-Xbootclasspath/a:";
    String agent = "-javaagent:";
    String agentLibrary = "-agentlib:instrument="; // the same by another name
    if (word.startsWith(CLASS_PATH_PROPERTY)) {
      // Goes to the JVM as it is: the last one wins, and a wildcard is a file name.
      classPath = PathText.split(word.substring(CLASS_PATH_PROPERTY.length()));
    } else if (word.startsWith(boot)) {
      injected.addAll(PathText.split(word.substring(boot.length())));
    } else if (word.startsWith(agent)) {
      injected.add(word.substring(agent.length()).split("=", 2)[0]);
    } else if (word.startsWith(agentLibrary)) {
      injected.add(word.substring(agentLibrary.length()).split("=", 2)[0]);
    }
  }

  private List<String> effectiveClassPath() throws TargetException {
    if (kind == Kind.JAR) {
      if (main.indexOf(File.pathSeparatorChar) >= 0) {
        // The JVM would read the manifest of this file, but take it for a path of several entries.
        throw TargetException.failed(
            quoted(main) + ": `-jar` can't run a path with " + quoted(File.pathSeparator));
      }
      return List.of(main);
    }
    if (kind == Kind.MODULE) {
      return classPath == null || classPath.equals(List.of("")) ? List.of() : classPath;
    }
    return classPath == null ? List.of(".") : classPath;
  }

  private List<String> texts(int from, int to) {
    return words.subList(from, to).stream().map(Word::text).toList();
  }
}
