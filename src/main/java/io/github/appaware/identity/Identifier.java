package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import io.github.appaware.jvm.HarmlessOptions;
import io.github.appaware.jvm.JavaCommandLine;
import io.github.appaware.jvm.JvmOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Identifies a command or a running process. Starts nothing. */
public final class Identifier {
  /** A process, and the options of its JVM that are not harmless. */
  private record Running(Target target, Path directory, List<HarmlessOptions.Finding> findings) {}

  private final Map<String, String> environment;
  private final TargetPaths locations;

  /**
   * For commands that will be started with this environment, in this directory.
   *
   * @param environment the target's, complete
   * @param directory the target's working directory
   */
  public Identifier(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.locations = new TargetPaths(directory);
  }

  /**
   * Finds and measures a command as typed after {@code --}. Takes as long as reading the jar or the
   * class path does.
   *
   * @throws TargetException 127 if there is no such command, 126 if it can't be executed, 125 if it
   *     must not be: what would run can't be measured, or the agent would not be safe in it
   */
  public Target identify(List<String> command) throws TargetException {
    if (command.isEmpty()) {
      throw TargetException.failed("no command", "put it after `--`");
    }
    String name = command.get(0);
    Path executable = new Executables(environment, locations).find(name);
    Optional<JavaHome> java = JavaHome.of(executable);
    Optional<JavaCommandLine> line = Optional.empty();
    if (java.isPresent()) {
      requireSupported(java.get(), name);
      List<String> arguments = command.subList(1, command.size());
      JvmOptions options = TargetOptions.parse(java.get(), arguments, environment, locations);
      line = Optional.of(options.line());
      requireNoShadow(line.get());
    }
    Measurement measurement =
        new Measurement(
            command,
            executable,
            executable,
            locations,
            System.getProperty("user.name"),
            new ReadBudget(ReadBudget.BEFORE_START));
    return measurement.target(java, line);
  }

  /**
   * Measures a running process from outside: a child that the target started. Files are hashed as
   * they are on the disk now. Linux shows everything; elsewhere the environment is unknown, and the
   * working directory is assumed to be this process's own.
   *
   * @throws TargetException 125 if the process is gone or can't be inspected, or if what it runs
   *     can't be measured
   */
  public static Target measure(long pid) throws TargetException {
    return measured(pid).target();
  }

  /**
   * The same for a child of a run. Where an option of its JVM may put other code in the place of
   * what was measured, it has no hash, so that no id that is pinned to one applies to it, and a
   * notice that names the option.
   *
   * @param own the options that are not the target's doing
   */
  public static Target measureChild(long pid, OwnOptions own) throws TargetException {
    Running child = measured(pid);
    for (HarmlessOptions.Finding finding : child.findings()) {
      boolean given = own.contains(finding.option(), child.directory());
      if (finding.effect().voidsIdentity() && !given) {
        return child.target().withoutHash(finding.describe());
      }
    }
    return child.target();
  }

  private static Running measured(long pid) throws TargetException {
    ProcessSnapshot process = ProcessSnapshot.of(pid);
    TargetPaths locations = new TargetPaths(process.directory());
    Optional<JavaHome> java = JavaHome.of(process.executable());
    Optional<JavaCommandLine> line = Optional.empty();
    List<HarmlessOptions.Finding> findings = List.of();
    if (java.isPresent()) {
      List<String> command = process.command();
      List<String> arguments = command.subList(Math.min(1, command.size()), command.size());
      JvmOptions options =
          TargetOptions.parse(java.get(), arguments, process.environment(), locations);
      line = Optional.of(options.line());
      findings = HarmlessOptions.findings(options);
    }
    Target target =
        new Measurement(
                process.command(),
                process.executable(),
                process.image(),
                locations,
                process.user(),
                new ReadBudget(ReadBudget.WHILE_RUNNING))
            .target(java, line);
    process.requireUnchanged();
    return new Running(
        new Target(
            target.command(),
            target.executable(),
            target.application().withProcess(pid, ""),
            java,
            line,
            target.notice()),
        process.directory(),
        findings);
  }

  /**
   * The first jar or directory of a command line that contains classes below {@code
   * io.github.appaware.agent}: they would be loaded instead of the agent's own. For command lines
   * without appaware's own agent.
   *
   * @param directory the working directory of the command
   * @return the entry as written
   * @throws TargetException 125 if there is too much to search
   */
  public static Optional<String> shadow(JavaCommandLine line, Path directory)
      throws TargetException {
    return new AgentShadowing(new TargetPaths(directory)).find(line);
  }

  private void requireNoShadow(JavaCommandLine line) throws TargetException {
    Optional<String> shadow = shadow(line, locations.directory());
    if (shadow.isPresent()) {
      throw TargetException.failed(
          quoted(shadow.get())
              + " contains classes named io.github.appaware.agent...: they would replace the agent",
          "take it off the class path");
    }
  }

  private static void requireSupported(JavaHome java, String name) throws TargetException {
    if (java.feature() < JavaHome.OLDEST) {
      throw TargetException.failed(
          quoted(name)
              + " is Java "
              + java.version()
              + " ("
              + java.home()
              + "): appaware needs "
              + JavaHome.OLDEST
              + " or later",
          "give the path of a newer java, or put it first in PATH");
    }
    if (!java.takesAgents()) {
      throw TargetException.failed(
          quoted(name)
              + " belongs to an image without the module java.instrument ("
              + java.home()
              + "): it can't load agents",
          "link the image with `--add-modules java.instrument`");
    }
  }
}
