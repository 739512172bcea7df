package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import io.github.appaware.jvm.JavaCommandLine;
import io.github.appaware.jvm.JvmConfig;
import io.github.appaware.jvm.JvmOption;
import io.github.appaware.jvm.JvmOptions;
import io.github.appaware.jvm.OptionException;
import io.github.appaware.jvm.OptionFiles;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the options of a JVM that is to be measured, and refuses those by which it would load other
 * files than the ones that the command line names: the hash would be that of the wrong files.
 */
final class TargetOptions {
  /** Variables that count as part of the command line. */
  private static final Set<String> READ_BY_LAUNCHER = Set.of("JDK_JAVA_OPTIONS", "CLASSPATH");

  private static final List<String> PATHS = List.of("-Djava.class.path=", "--module-path=");

  /** Relative paths begin here, and the launcher does not know it. */
  private static final String DIRECTORY = "-Duser.dir=";

  private static final Map<String, String> SEPARATORS =
      Map.of("-Dpath.separator=", File.pathSeparator, "-Dfile.separator=", File.separator);

  private TargetOptions() {}

  static JvmOptions parse(
      JavaHome java, List<String> arguments, Map<String, String> environment, TargetPaths locations)
      throws TargetException {
    JvmOptions options;
    try {
      JvmConfig config = JvmConfig.read(java.feature(), java.home());
      OptionFiles files = OptionFiles.in(locations.directory());
      options = JvmOptions.parse(arguments, environment, files, config);
    } catch (OptionException e) {
      throw TargetException.failed(e.getMessage(), e.help());
    }
    for (JvmOption option : options.options()) {
      requireMeasured(option);
      requireDirectory(option, options.line(), locations);
    }
    return options;
  }

  private static void requireMeasured(JvmOption option) throws TargetException {
    String text = option.text();
    for (String path : PATHS) {
      if (!isTyped(option) && text.startsWith(path)) {
        throw replacing(
            quoted(option.place()) + " sets " + quoted(path), "put it on the command line");
      }
    }
    for (Map.Entry<String, String> separator : SEPARATORS.entrySet()) {
      String prefix = separator.getKey();
      if (text.startsWith(prefix) && !text.equals(prefix + separator.getValue())) {
        throw replacing(option.describe() + " takes paths apart otherwise", "leave it out");
      }
    }
  }

  private static void requireDirectory(
      JvmOption option, JavaCommandLine line, TargetPaths locations) throws TargetException {
    if (!option.text().startsWith(DIRECTORY)
        || option.text().equals(DIRECTORY + locations.directory())) {
      return;
    }
    List<String> paths = new ArrayList<>(line.classPath());
    paths.addAll(line.modulePath());
    for (String path : paths) {
      if (!new File(path).isAbsolute()) {
        throw replacing(
            option.describe() + " moves the relative path " + quoted(path), "give absolute paths");
      }
    }
  }

  private static TargetException replacing(String what, String help) {
    return TargetException.failed(what + ": what runs would not be what was hashed", help);
  }

  private static boolean isTyped(JvmOption option) {
    return switch (option.source()) {
      case COMMAND_LINE, ARGUMENT_FILE, LAUNCHER -> true;
      case VARIABLE -> READ_BY_LAUNCHER.contains(option.place());
      case VM_OPTIONS_FILE, FLAGS_FILE, MANIFEST -> false;
    };
  }
}
