package io.github.appaware.identity;

import io.github.appaware.jvm.JvmConfig;
import io.github.appaware.jvm.JvmOption;
import io.github.appaware.jvm.JvmOptions;
import io.github.appaware.jvm.OptionException;
import io.github.appaware.jvm.OptionFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Options that every JVM of a run has without the target's doing: the agent's, and those that the
 * user put in the environment.
 */
public final class OwnOptions {
  private final Set<String> agent;
  private final Set<String> inherited = new HashSet<>();
  private final Path directory;

  /**
   * For the JVMs of a run.
   *
   * @param agent the options that put the agent in, in each of their forms
   * @param environment the user's
   * @param directory the user's
   */
  public OwnOptions(Set<String> agent, Map<String, String> environment, Path directory) {
    this.agent = Set.copyOf(agent);
    this.directory = directory.toAbsolutePath();
    try {
      JvmOptions options =
          JvmOptions.parse(
              List.of("-version"),
              environment,
              OptionFiles.in(directory),
              JvmConfig.usual(Runtime.version().feature()));
      for (JvmOption option : options.options()) {
        inherited.add(option.text());
      }
      for (JvmOption option : options.launcherOptions()) {
        inherited.add(option.text());
      }
    } catch (OptionException e) {
      // No JVM starts with this environment either: what a child has is not from it.
      inherited.clear();
    }
  }

  /** Whether a process with this working directory has the option without the target's doing. */
  boolean contains(JvmOption option, Path where) {
    if (agent.contains(option.text())) {
      return true;
    }
    // A relative path in it leads elsewhere from another directory.
    boolean sameFile = where.equals(directory) || option.namesAbsolutePath();
    return sameFile && inherited.contains(option.text());
  }
}
