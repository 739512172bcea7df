package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what a command, or a running process, is. Starts nothing. */
public final class Identifier {
  private final Map<String, String> environment;
  private final TargetPaths locations;

  /**
   * For commands that will be started like this.
   *
   * @param environment the target's, complete
   * @param directory the target's working directory
   */
  public Identifier(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.locations = new TargetPaths(directory);
  }

  /**
   * Finds and measures a command as typed after {@code --}. Reads all that is to be hashed, so it
   * takes as long as reading the jar or the class path does.
   *
   * @throws TargetException 127 when there is no such command, 126 when it can't be executed, 125
   *     when it must not be: what would run can't be measured, or the agent would not be safe in it
   */
  public Target identify(List<String> command) throws TargetException {
    if (command.isEmpty()) {
      throw TargetException.failed("no command", "put it behind `--`");
    }
    String name = command.get(0);
    Path executable = new Executables(environment, locations).find(name);
    Optional<JavaHome> java = JavaHome.of(executable);
    Optional<JavaCommandLine> line = Optional.empty();
    if (java.isPresent()) {
      requireSupported(java.get(), name);
      List<String> arguments = command.subList(1, command.size());
      ArgFiles files = ArgFiles.in(locations.directory());
      line = Optional.of(JavaCommandLine.parse(arguments, environment, files));
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
   * they lie on the disk now. Linux shows everything; elsewhere the environment is unknown and the
   * working directory taken to be this process's own.
   *
   * @throws TargetException 125 when the process is gone or can't be looked at, or when what it
   *     runs can't be measured
   */
  public static Target measure(long pid) throws TargetException {
    ProcessSnapshot process = ProcessSnapshot.of(pid);
    Optional<JavaHome> java = JavaHome.of(process.executable());
    Optional<JavaCommandLine> line = Optional.empty();
    if (java.isPresent()) {
      List<String> command = process.command();
      List<String> arguments = command.subList(Math.min(1, command.size()), command.size());
      ArgFiles files = ArgFiles.in(process.directory());
      line = Optional.of(JavaCommandLine.parse(arguments, process.environment(), files));
    }
    TargetPaths locations = new TargetPaths(process.directory());
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
    return new Target(
        target.command(),
        target.executable(),
        target.application().withProcess(pid, ""),
        java,
        line,
        target.notice());
  }

  /**
   * The first jar or directory of a command line that holds classes below {@code
   * io.github.appaware.agent}: they would be loaded instead of the agent's own. For command lines
   * that appaware has not yet put its agent on.
   *
   * @param directory the working directory of the command
   * @return the entry as written
   * @throws TargetException 125 when there is too much to be searched
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
              + " holds classes named io.github.appaware.agent...: they would replace the agent",
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
              + "): no agent can be put into it",
          "link the image with `--add-modules java.instrument`");
    }
  }
}
