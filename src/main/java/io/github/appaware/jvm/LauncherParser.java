package io.github.appaware.jvm;

import static io.github.appaware.jvm.OptionException.quoted;

import io.github.appaware.jvm.JavaCommandLine.Kind;
import io.github.appaware.jvm.JvmOption.Source;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The second pass of the {@code java} launcher over its words ({@code ParseArguments} in OpenJDK's
 * {@code libjli/java.c}): what runs, and the options that the JVM gets. Good for one parse.
 */
final class LauncherParser {
  private final List<JvmOption> words;
  private final JvmConfig config;
  private final OptionFiles files;
  private final List<JvmOption> passed = new ArrayList<>();
  private final List<JvmOption> kept = new ArrayList<>();
  private int at;
  private int end;
  private boolean listing;
  private boolean classPathSet;
  private Kind kind;
  private String main;

  LauncherParser(List<JvmOption> words, JvmConfig config, OptionFiles files) {
    this.words = words;
    this.config = config;
    this.files = files;
  }

  /** Reads all words; the class path of the environment comes first. */
  void parse(Map<String, String> environment) throws OptionException {
    kept.addAll(config.takeChoices(words));
    String variable = environment.get("CLASSPATH");
    if (variable != null) {
      setClassPath(variable, new JvmOption("", Source.VARIABLE, "CLASSPATH"));
    }
    boolean last = false;
    while (!last && main == null && atOption()) {
      last = readOption();
    }
    end = at;
    JvmOption word = null;
    if (!last && main == null && at < words.size()) {
      word = words.get(at++);
      main = word.text();
    }
    if (last || main == null) {
      kind = Kind.NONE;
    } else if (kind == null) {
      if (!classPathSet) {
        pass(VmOptions.CLASS_PATH + ".", new JvmOption("", Source.LAUNCHER, ""));
      }
      kind = main.endsWith(".java") && files.exists(main) ? Kind.SOURCE : Kind.CLASSPATH;
    } else if (kind == Kind.JAR) {
      requireOneEntry();
      setClassPath(main, word);
    }
    if (kind == Kind.SOURCE) {
      pass("--add-modules=ALL-DEFAULT", new JvmOption("", Source.LAUNCHER, ""));
    }
    if (listing || main == null) {
      kind = Kind.NONE;
    }
    if (kind == Kind.NONE) {
      main = "";
    }
  }

  Kind kind() {
    return kind;
  }

  String main() {
    return main;
  }

  /** The options that the JVM gets, in the launcher's order. */
  List<JvmOption> passed() {
    return passed;
  }

  /** Those that the launcher acts on by itself and that matter to more than the launcher. */
  List<JvmOption> kept() {
    return kept;
  }

  boolean classPathGiven() {
    return classPathSet;
  }

  List<String> optionWords() {
    return texts(0, end);
  }

  List<String> applicationArguments() {
    return texts(at, words.size());
  }

  private boolean atOption() {
    return at < words.size() && words.get(at).text().startsWith("-");
  }

  /** Reads one option with its value; true when the launcher reads no further. */
  private boolean readOption() throws OptionException {
    JvmOption word = words.get(at++);
    String text = word.text();
    boolean inside = LauncherOption.hasValueInside(text);
    String name = inside ? text.substring(0, text.indexOf('=')) : text;
    LauncherOption option = LauncherOption.of(name);
    if (option == null) {
      readJvmOption(word);
      return false;
    }
    String value = null;
    if (inside) {
      value = text.substring(name.length() + 1);
    } else if (LauncherOption.takesNextWord(text) && at < words.size() && !atOption()) {
      value = words.get(at++).text();
    }
    boolean missing = value == null || (value.isEmpty() && !option.mayBeEmpty());
    if (missing && LauncherOption.takesNextWord(name)) {
      throw new OptionException(quoted(text) + " needs a value");
    }
    apply(option, word, name, value);
    return option == LauncherOption.FINAL;
  }

  private void apply(LauncherOption option, JvmOption word, String name, String value)
      throws OptionException {
    switch (option) {
      case JAR -> {
        if (at == words.size()) {
          throw new OptionException(quoted(word.text()) + " needs a jar file");
        }
        setKind(Kind.JAR, word.text());
      }
      case MODULE -> {
        setKind(Kind.MODULE, word.text());
        main = value;
        pass("-Djdk.module.main=" + value.split("/", 2)[0], word);
      }
      case SOURCE -> {
        kind = Kind.SOURCE;
        pass("-Djdk.internal.javac.source=" + value, word);
      }
      case CLASS_PATH -> {
        if (kind == Kind.JAR) {
          // JDK 17 then takes the jar's name for a class name, JDK 25 still runs the jar.
          throw new OptionException(
              quoted(word.text()) + " is between `-jar` and the jar", "put it before `-jar`");
        }
        setClassPath(value, word);
      }
      case MODULE_PATH -> pass("--module-path=" + value, word);
      case UPGRADE_MODULE_PATH, PATCH_MODULE, MODULE_GRAPH -> pass(name + "=" + value, word);
      case DESCRIBE_MODULE -> listing = true;
      case LISTING -> {
        listing = true;
        if (name.equals("--validate-modules")) {
          pass("-Djdk.module.validation=true", word);
        }
      }
      case FINAL -> {}
    }
  }

  private void setKind(Kind newKind, String word) throws OptionException {
    if (kind == Kind.SOURCE) {
      throw new OptionException(quoted(word) + " can't follow `--source`");
    }
    kind = newKind;
  }

  private void readJvmOption(JvmOption word) {
    String text = word.text();
    if (text.startsWith("-splash:")) {
      kept.add(word);
      return;
    }
    if (text.startsWith(VmOptions.CLASS_PATH)) {
      classPathSet = true; // goes to the JVM as it is: a wildcard is a file name
    }
    String translated = OldOptions.translated(text, config.feature());
    if (translated != null) {
      pass(translated, word);
    }
  }

  private void setClassPath(String path, JvmOption word) {
    classPathSet = true;
    pass(
        VmOptions.CLASS_PATH + String.join(File.pathSeparator, PathText.expand(path, files)), word);
  }

  private void pass(String text, JvmOption word) {
    passed.add(new JvmOption(text, word.source(), word.place()));
  }

  private void requireOneEntry() throws OptionException {
    if (main.indexOf(File.pathSeparatorChar) >= 0) {
      // The JVM would read the manifest of this file, but take it for a path of several entries.
      throw new OptionException(
          quoted(main) + ": `-jar` can't run a path with " + quoted(File.pathSeparator));
    }
  }

  private List<String> texts(int from, int to) {
    List<String> texts = new ArrayList<>();
    for (JvmOption word : words.subList(Math.min(from, to), to)) {
      texts.add(word.text());
    }
    return texts;
  }
}
