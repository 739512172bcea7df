package io.github.appaware.identity;

import io.github.appaware.jvm.Effect;
import io.github.appaware.jvm.HarmfulVariables;
import io.github.appaware.jvm.HarmlessOptions;
import io.github.appaware.jvm.JvmConfig;
import io.github.appaware.jvm.JvmOption;
import io.github.appaware.jvm.JvmOptions;
import io.github.appaware.jvm.OptionException;
import io.github.appaware.jvm.OptionFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Options that every JVM of a run has without the target's doing: the agent's, and those that the
 * user put in the environment.
 */
public final class OwnOptions {
  /** Knows the jars that put the run's agent into a JVM. */
  public interface AgentJars {
    /** Whether a process has opened, under this name, a jar that was made for this run. */
    boolean isOpen(long pid, Path jar);

    /** Whether this is, or was, such a jar by its name. */
    boolean isNamed(Path jar);

    /** Whether this option, besides the one that names the jar, is the launcher's. */
    boolean isOption(String option);
  }

  private static final List<String> AGENT = List.of("-javaagent:", "-agentlib:instrument=");

  private final AgentJars jars;
  private final Set<String> inherited = new HashSet<>();
  private final Map<String, String> environment;
  private final Path directory;

  /**
   * For the JVMs of a run.
   *
   * @param jars of the run
   * @param environment the user's
   * @param directory the user's
   */
  public OwnOptions(AgentJars jars, Map<String, String> environment, Path directory) {
    this.jars = jars;
    this.environment = Map.copyOf(environment);
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

  /** Whether the process has the option without the target's doing. */
  boolean contains(JvmOption option, ProcessSnapshot process) {
    if (isAgent(option, process) || jars.isOption(option.text())) {
      return true;
    }
    // A relative path in it leads elsewhere from another directory.
    boolean sameFile = process.directory().equals(directory) || option.namesAbsolutePath();
    return sameFile && inherited.contains(option.text());
  }

  /** A variable by which the process may run other code or mean other hosts, and what it does. */
  Optional<String> variable(ProcessSnapshot process) {
    for (HarmfulVariables kind : HarmfulVariables.values()) {
      String found =
          kind.voidsIdentity() ? kind.differing(process.environment(), environment) : null;
      if (found != null) {
        return Optional.of(TargetException.quoted(found) + " " + kind.effect().words());
      }
    }
    return Optional.empty();
  }

  /** What may have a name mean another address to the process than to the run's target. */
  Optional<String> changedNames(List<HarmlessOptions.Finding> findings, ProcessSnapshot process) {
    for (HarmlessOptions.Finding finding : findings) {
      if (finding.effect() == Effect.CHANGES_NAMES && !contains(finding.option(), process)) {
        return Optional.of(finding.describe());
      }
    }
    HarmfulVariables variables = HarmfulVariables.RESOLVING;
    String found = variables.differing(process.environment(), environment);
    if (found != null) {
      return Optional.of(TargetException.quoted(found) + " " + variables.effect().words());
    }
    return process.hasOwnFiles()
        ? Optional.of("file systems of its own may change what names resolve to")
        : Optional.empty();
  }

  /** Whether the option has put this run's agent into the process. */
  boolean isAgent(JvmOption option, ProcessSnapshot process) {
    return jar(option).filter(jar -> jars.isOpen(process.pid(), jar)).isPresent();
  }

  private static Optional<Path> jar(JvmOption option) {
    for (String prefix : AGENT) {
      if (option.text().startsWith(prefix)) {
        try {
          return Optional.of(Path.of(option.text().substring(prefix.length())));
        } catch (InvalidPathException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the options of a process name a jar of the run. */
  boolean isNamedIn(ProcessSnapshot process) {
    return jars(process).anyMatch(jars::isNamed);
  }

  /** Whether the options of a process have put the run's agent into it. */
  boolean isAgentIn(ProcessSnapshot process) {
    return jars(process).anyMatch(jar -> jars.isOpen(process.pid(), jar));
  }

  private static Stream<Path> jars(ProcessSnapshot process) {
    List<String> command = process.command();
    List<String> words = command.subList(Math.min(1, command.size()), command.size());
    return Stream.concat(jars(words, process), jars(List.of("-version"), process));
  }

  /** The options are those of a JVM in a program of any name: the variables always count. */
  private static Stream<Path> jars(List<String> words, ProcessSnapshot process) {
    try {
      JvmOptions options =
          JvmOptions.parse(
              words,
              process.environment(),
              OptionFiles.in(process.directory()),
              JvmConfig.usual(Runtime.version().feature()));
      return options.options().stream().map(OwnOptions::jar).flatMap(Optional::stream);
    } catch (OptionException e) {
      return Stream.empty();
    }
  }
}
