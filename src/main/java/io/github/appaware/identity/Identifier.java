package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import io.github.appaware.jvm.HarmlessOptions;
import io.github.appaware.jvm.JvmOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Identifies a command or a running process. Starts nothing. */
public final class Identifier {
  /** A process, and what it is. */
  private record Running(Target target, ProcessSnapshot process) {}

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
    Optional<JvmOptions> options = Optional.empty();
    if (java.isPresent()) {
      requireSupported(java.get(), name);
      List<String> arguments = command.subList(1, command.size());
      options = Optional.of(TargetOptions.parse(java.get(), arguments, environment, locations));
    }
    Measurement measurement =
        new Measurement(
            command,
            executable,
            executable,
            locations,
            System.getProperty("user.name"),
            new ReadBudget(ReadBudget.BEFORE_START));
    return measurement.target(java, options);
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
   * The same for a child of a run whose agent has reported. Where an option of its JVM or a
   * variable may put other code in the place of what was measured, or a file was changed when the
   * JVM had begun, it has no hash, so that no id that is pinned to one applies to it, and a notice
   * that says why. Where one of these, or file systems of its own, may change what names mean, the
   * application says so.
   *
   * @param own the options that are not the target's doing
   * @throws TargetException also when it was started without the run's agent, or runs other files
   *     than those that were hashed
   */
  public static Target measureChild(long pid, OwnOptions own) throws TargetException {
    Running child = measured(pid);
    requireAgent(child.process(), own);
    Target target = measureCode(child, own);
    Optional<String> names = own.changedNames(target.findings(), child.process());
    return names.map(target::withNamesChangedBy).orElse(target);
  }

  private static Target measureCode(Running child, OwnOptions own) throws TargetException {
    for (HarmlessOptions.Finding finding : child.target().findings()) {
      boolean given = own.contains(finding.option(), child.process());
      if (finding.effect().voidsIdentity() && !given) {
        return child.target().withoutHash(finding.describe());
      }
    }
    Optional<String> variable = own.variable(child.process());
    if (variable.isPresent()) {
      return child.target().withoutHash(variable.get());
    }
    OpenedCode code = new OpenedCode(child.target(), child.process().pid());
    code.require(true);
    Optional<Path> changed = child.process().startedAt().flatMap(code::changedSince);
    return changed.isEmpty()
        ? child.target()
        : child.target().withoutHash(quoted(changed.get() + "") + " was changed when it had begun");
  }

  /**
   * Whether a process was started with the run's agent, whether its JVM has loaded that already or
   * not. Also when it can't be seen.
   */
  public static boolean hasAgent(long pid, OwnOptions own) {
    try {
      return own.isNamedIn(ProcessSnapshot.of(pid));
    } catch (TargetException e) {
      return true;
    }
  }

  /**
   * Makes sure that it is the run's agent that has reported.
   *
   * @return the process's executable
   */
  public static Path requireAgent(long pid, OwnOptions own) throws TargetException {
    ProcessSnapshot process = ProcessSnapshot.of(pid);
    requireAgent(process, own);
    return process.executable();
  }

  private static void requireAgent(ProcessSnapshot process, OwnOptions own) throws TargetException {
    if (process.isComplete() && !own.isAgentIn(process)) {
      throw TargetException.failed(
          "process " + process.pid() + " was not started with the agent of this run");
    }
  }

  /**
   * Makes sure that the process that was started for a command runs the files that were hashed
   * before.
   *
   * @throws TargetException that {@linkplain TargetException#isReplaced says so} when it does not
   */
  public static void verify(Target target, long pid) throws TargetException {
    requireExecutable(target, pid);
    boolean complete =
        target.findings().stream().noneMatch(finding -> finding.effect().voidsIdentity());
    new OpenedCode(target, pid).require(complete);
  }

  /**
   * The executable is the one that was found. Only a JVM still runs it by now: other programs may
   * have become another one, as a script does with its last command.
   */
  private static void requireExecutable(Target target, long pid) throws TargetException {
    if (target.java().isEmpty()) {
      return; // compared with what it was when it was hashed, like every file
    }
    Path image = Path.of("/proc/" + pid + "/exe");
    try {
      if (Files.isReadable(image)
          && runsItself()
          && !Files.isSameFile(image, target.executable())) {
        throw TargetException.replaced(
            "process " + pid + " runs another program than " + quoted(target.command().get(0)));
      }
    } catch (IOException e) {
      return; // it has ended, or is another user's by now
    }
  }

  /** Under an emulator of another processor, every process runs the emulator. */
  private static boolean runsItself() throws IOException {
    Path name = Path.of("/proc/self/exe").toRealPath().getFileName();
    return name != null && name.toString().equals("java");
  }

  private static Running measured(long pid) throws TargetException {
    ProcessSnapshot process = ProcessSnapshot.of(pid);
    TargetPaths locations = new TargetPaths(process.directory());
    Optional<JavaHome> java = JavaHome.of(process.executable());
    Optional<JvmOptions> options = Optional.empty();
    if (java.isPresent()) {
      List<String> command = process.command();
      List<String> arguments = command.subList(Math.min(1, command.size()), command.size());
      options =
          Optional.of(TargetOptions.parse(java.get(), arguments, process.environment(), locations));
    }
    Target target =
        new Measurement(
                process.command(),
                process.executable(),
                process.image(),
                locations,
                process.user(),
                new ReadBudget(ReadBudget.WHILE_RUNNING))
            .target(java, options);
    process.requireUnchanged();
    return new Running(target.as(pid), process);
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
