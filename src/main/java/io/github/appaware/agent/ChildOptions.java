package io.github.appaware.agent;

import io.github.appaware.jvm.FlatArguments;
import io.github.appaware.jvm.HarmfulVariables;
import io.github.appaware.jvm.HarmlessOptions;
import io.github.appaware.jvm.JvmConfig;
import io.github.appaware.jvm.JvmOption;
import io.github.appaware.jvm.JvmOptions;
import io.github.appaware.jvm.OptionException;
import io.github.appaware.jvm.OptionFiles;
import io.github.appaware.wire.AgentOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the options of a JVM that is about to start. A class of its own, so that what reads them is
 * loaded when the first JVM is started, and not with the agent.
 */
final class ChildOptions {
  private static final String VARIABLE = "JDK_JAVA_OPTIONS";

  private final List<String> agent;

  /**
   * For the children of this process.
   *
   * @param agent the options that put the agent into a JVM
   */
  ChildOptions(List<String> agent) {
    this.agent = agent;
  }

  /**
   * The child with its argument files in place, and whether its JVM runs what the command names and
   * no other code, under the agent's hooks, and means the same hosts by their names.
   *
   * @param directory the child's, or null for this process's own
   */
  Child check(String[] command, Map<String, String> environment, Path launcher, String directory) {
    List<String> arguments = Arrays.asList(command).subList(1, command.length);
    Map<String, String> complete = environment != null ? environment : System.getenv();
    try {
      FlatArguments flat = FlatArguments.of(arguments, complete, OptionFiles.in(place(directory)));
      String[] words = new String[flat.arguments().size() + 1];
      words[0] = command[0];
      for (int i = 1; i < words.length; i++) {
        words[i] = flat.arguments().get(i - 1);
      }
      Map<String, String> changed = environment;
      if (!Objects.equals(flat.variable(), complete.get(VARIABLE))) {
        changed = ChildProcesses.copy(environment);
        changed.put(VARIABLE, flat.variable());
        complete = changed;
      }
      boolean harmless =
          !mayLoseTheAgent(flat.arguments(), complete, directory)
              && HarmfulVariables.RESOLVING.differing(complete, System.getenv()) == null
              && HarmfulVariables.SPLASHING.differing(complete, System.getenv()) == null;
      return new Child(words, changed, launcher, true, harmless);
    } catch (OptionException | InvalidPathException e) {
      return new Child(command, environment, launcher, true, false);
    }
  }

  private static Path place(String directory) {
    return Path.of(directory == null ? "" : directory);
  }

  /**
   * Whether the JVM of this command could run other code than the command names, or bypass its
   * agent. Options from the environment that this process was started with do not count, unless
   * they come from a file, which may have changed.
   */
  private boolean mayLoseTheAgent(
      List<String> arguments, Map<String, String> environment, String directory) {
    try {
      Path here = Path.of("");
      Path place = place(directory);
      JvmOptions child = parse(arguments, environment, place);
      if (namesFiles(child, environment)) {
        return true; // the JVM reads them again, and they may have changed by then
      }
      List<HarmlessOptions.Finding> findings = HarmlessOptions.findings(child, place);
      JvmOptions own = findings.isEmpty() ? null : parse(List.of(), System.getenv(), here);
      for (HarmlessOptions.Finding finding : findings) {
        JvmOption option = finding.option();
        boolean inherited =
            option.source() == JvmOption.Source.VARIABLE
                && (own.options().contains(option) || own.launcherOptions().contains(option));
        boolean sameFile = directory == null || option.namesAbsolutePath();
        if (!agent.contains(option.text()) && !(inherited && sameFile)) {
          return true;
        }
      }
      return false;
    } catch (OptionException | InvalidPathException e) {
      return true; // what the JVM makes of it can't be known
    }
  }

  /** Whether the JVM itself reads files of options. */
  private static boolean namesFiles(JvmOptions child, Map<String, String> environment) {
    for (String word : child.line().jvmOptions()) {
      if (namesFile(word)) {
        return true;
      }
    }
    for (String variable : AgentOptions.READ_BY_JAVA) {
      String value = environment.get(variable);
      if (value != null && namesFile(value.replace("'", "").replace("\"", ""))) {
        return true;
      }
    }
    return false;
  }

  private static boolean namesFile(String text) {
    return text.contains("-XX:Flags=") || text.contains("-XX:VMOptionsFile=");
  }

  private JvmOptions parse(List<String> arguments, Map<String, String> environment, Path place)
      throws OptionException {
    JvmConfig config = JvmConfig.read(Runtime.version().feature(), JdkHome.path());
    return JvmOptions.parse(arguments, environment, OptionFiles.in(place), config);
  }
}
