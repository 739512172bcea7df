package io.github.appaware.agent;

import io.github.appaware.jvm.HarmlessOptions;
import io.github.appaware.jvm.JvmConfig;
import io.github.appaware.jvm.JvmOption;
import io.github.appaware.jvm.JvmOptions;
import io.github.appaware.jvm.OptionException;
import io.github.appaware.jvm.OptionFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads the options of a JVM that is about to start. A class of its own, so that what reads them is
 * loaded when the first JVM is started, and not with the agent.
 */
final class ChildOptions {
  private final String home;
  private final List<String> agent;

  /**
   * For the children of this process.
   *
   * @param home of the JDK
   * @param agent the options that put the agent into a JVM
   */
  ChildOptions(String home, List<String> agent) {
    this.home = home;
    this.agent = agent;
  }

  /** See {@link ChildProcesses#mayLoseTheAgent}. */
  boolean mayLoseTheAgent(
      List<String> arguments, Map<String, String> environment, String directory) {
    try {
      Path here = Path.of("");
      Path place = directory == null ? here : Path.of(directory);
      JvmOptions child = parse(arguments, environment, place);
      List<HarmlessOptions.Finding> findings = HarmlessOptions.findings(child, place);
      JvmOptions own = findings.isEmpty() ? null : parse(List.of(), System.getenv(), here);
      for (HarmlessOptions.Finding finding : findings) {
        JvmOption option = finding.option();
        boolean inherited =
            own.options().contains(option) || own.launcherOptions().contains(option);
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

  private JvmOptions parse(List<String> arguments, Map<String, String> environment, Path place)
      throws OptionException {
    JvmConfig config = JvmConfig.read(Runtime.version().feature(), Path.of(home));
    return JvmOptions.parse(arguments, environment, OptionFiles.in(place), config);
  }
}
