package io.github.appaware.jvm;

import static io.github.appaware.jvm.OptionException.quoted;

import io.github.appaware.jvm.JvmOption.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts the options together that the JVM takes from the launcher, from variables and from files
 * ({@code Arguments::parse} in HotSpot's {@code arguments.cpp}), in the order in which they take
 * effect: of two that contradict each other the later one counts.
 */
final class VmOptions {
  /** The JVM takes the class path from this property; the launcher's options only set it. */
  static final String CLASS_PATH = "-Djava.class.path=";

  private static final String FLAGS = "-XX:Flags=";
  private static final String FILE = "-XX:VMOptionsFile=";
  private static final String AOT_MODE = "-XX:AOTMode=";

  /** The first release that reads {@code JDK_AOT_VM_OPTIONS}. */
  private static final int AOT_VARIABLE = 25;

  private final Map<String, String> environment;
  private final OptionFiles files;
  private final List<JvmOption> all = new ArrayList<>();
  private String flagsFile;

  private VmOptions(Map<String, String> environment, OptionFiles files) {
    this.environment = environment;
    this.files = files;
  }

  /**
   * All options.
   *
   * @param passed by the launcher
   * @throws OptionException where the JVM would refuse to start, as far as it refuses quotes and
   *     files; it has more reasons
   */
  static List<JvmOption> of(
      List<JvmOption> passed, Map<String, String> environment, OptionFiles files, int feature)
      throws OptionException {
    VmOptions options = new VmOptions(environment, files);
    // The JVM splits both variables before it opens a file.
    List<JvmOption> first = options.variable("JAVA_TOOL_OPTIONS");
    List<JvmOption> last = options.variable("_JAVA_OPTIONS");
    options.add(first, "JAVA_TOOL_OPTIONS");
    options.add(passed, "the command line");
    options.add(last, "_JAVA_OPTIONS");
    List<JvmOption> flags = options.flags();
    if (feature >= AOT_VARIABLE && options.createsCache(flags)) {
      String variable = "JDK_AOT_VM_OPTIONS";
      options.add(options.variable(variable), variable);
    }
    flags.addAll(options.all);
    return flags;
  }

  private List<JvmOption> variable(String name) throws OptionException {
    List<JvmOption> options = new ArrayList<>();
    String value = environment.get(name);
    if (value != null) {
      for (String word : OptionText.words(name, value)) {
        options.add(new JvmOption(word, Source.VARIABLE, name));
      }
    }
    return options;
  }

  /** The options of one source, a file of {@code -XX:VMOptionsFile} in its place. */
  private void add(List<JvmOption> options, String source) throws OptionException {
    boolean file = false;
    for (JvmOption option : options) {
      if (option.text().startsWith(FILE)) {
        if (file) {
          throw new OptionException(quoted(FILE) + " stands twice in " + quoted(source));
        }
        file = true;
        addFile(option);
      } else {
        add(option);
      }
    }
  }

  private void addFile(JvmOption option) throws OptionException {
    String name = option.text().substring(FILE.length());
    byte[] bytes = files.bytes(name, option.text());
    List<String> words = OptionText.words(name, NativeText.raw(bytes));
    if (words.isEmpty()) {
      all.add(option); // without an effect; words take its place
    }
    for (String raw : words) {
      String word = NativeText.word(raw);
      if (word.startsWith(FILE)) {
        throw new OptionException(quoted(FILE) + " is not allowed in " + quoted(name));
      }
      add(new JvmOption(word, Source.VM_OPTIONS_FILE, name));
    }
  }

  private void add(JvmOption option) {
    if (option.text().startsWith(FLAGS)) {
      flagsFile = option.text().substring(FLAGS.length());
    }
    all.add(option);
  }

  /** Those of the last file of {@code -XX:Flags}: they take effect before all others. */
  private List<JvmOption> flags() throws OptionException {
    List<JvmOption> flags = new ArrayList<>();
    if (flagsFile != null) {
      for (String word : FlagsFile.words(files.bytes(flagsFile, FLAGS + flagsFile))) {
        flags.add(new JvmOption("-XX:" + word, Source.FLAGS_FILE, flagsFile));
      }
    }
    return flags;
  }

  private boolean createsCache(List<JvmOption> flags) {
    String mode = "";
    for (JvmOption option : flags) {
      mode = option.text().startsWith(AOT_MODE) ? option.text() : mode;
    }
    for (JvmOption option : all) {
      mode = option.text().startsWith(AOT_MODE) ? option.text() : mode;
    }
    return mode.equals(AOT_MODE + "create");
  }
}
