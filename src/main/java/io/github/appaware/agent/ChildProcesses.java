package io.github.appaware.agent;

import io.github.appaware.jvm.HarmfulVariables;
import io.github.appaware.wire.AgentOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Gives the agent to processes that the target starts: on the command line if the command is a
 * JDK's {@code java} itself, which then prints nothing about it, in a jar of its own; else in the
 * environment, even if the application or {@code env} empties it.
 */
final class ChildProcesses {
  /** What gives the agent to any JVM. */
  private final String shared;

  /** What this JVM alone was started with; not to be passed on. */
  private final String ownJar;

  private final List<String> own;

  private final JdkFiles jdk;

  /** What no process can change, for the JDK's own {@code java}; null where there is none. */
  private final String sealed;

  /** The option for its class path. */
  private final String classPath;

  /** Null without a launcher. */
  private final PremainJars jars;

  /**
   * For child processes of this process.
   *
   * @param options of this process's agent
   * @param remote the argument of an agent without a launcher, or empty
   */
  ChildProcesses(AgentOptions options, String remote) {
    boolean launched = remote.isEmpty();
    shared = launched ? options.shared() : options.agent() + "=" + remote;
    ownJar = launched ? options.own() : shared;
    sealed = options.childJar().isEmpty() ? null : options.childJar();
    classPath = sealed == null ? null : AgentOptions.bootClassPath(options.childClasses());
    own = ownJar.equals(shared) ? List.of() : arguments(ownJar);
    jars = launched ? new PremainJars(options) : null;
    jdk = new JdkFiles(options.since());
  }

  /** All options that bring a jar. */
  private List<String> arguments(String jar) {
    List<String> arguments = new ArrayList<>(AgentOptions.arguments(jar));
    if (jar.equals(sealed)) {
      arguments.add(classPath);
    }
    return arguments;
  }

  /**
   * Looks at what is about to start.
   *
   * @param directory the child's, or null for this process's own
   */
  Child child(String[] command, Map<String, String> environment, String directory) {
    Path launcher = java(command[0], directory);
    if (launcher == null || !isOwnJava(launcher)) {
      return new Child(command, environment, launcher, false, false);
    }
    List<String> agents = new ArrayList<>(AgentOptions.arguments(shared));
    agents.addAll(own);
    Child child = new ChildOptions(agents).check(command, environment, launcher, directory);
    return child.isHarmless() && jdk.areChanged() ? child.harmful() : child;
  }

  /**
   * The command and environment to start a child with, and the program that must then run: null for
   * any but the JDK's own {@code java}, which is started by its real path, so that no link can lead
   * elsewhere by then.
   *
   * @throws IOException if the agent can't be given to it
   */
  Object[] equip(Child child) throws IOException {
    String[] command = child.command();
    Map<String, String> environment = child.environment();
    if (child.launcher() != null && isLauncherOfJdk(child.launcher())) {
      boolean isSealed = sealed != null && child.isOwnJava();
      String jar = isSealed ? sealed : jars == null ? shared : jars.make();
      String[] words = withoutOwn(command);
      String option =
          AgentOptions.argument(
              jar,
              Arrays.asList(words).subList(1, words.length),
              environment != null ? environment : System.getenv());
      Path program = null;
      if (child.isOwnJava()) {
        program = JdkHome.launcher();
        words[0] = program.toString();
      }
      Map<String, String> variables = beforeOthers(renamed(environment, jar), jar);
      words = insert(words, 1, option);
      return new Object[] {isSealed ? insert(words, 1, classPath) : words, variables, program};
    }
    String option = AgentOptions.argument(shared);
    EnvCommand env = EnvCommand.of(command);
    if (env == null) {
      return new Object[] {command, withOption(renamed(environment, shared), option), null};
    }
    String present = env.inherits() ? value(environment) : null;
    return new Object[] {
      insert(
          command,
          env.operand(),
          AgentOptions.VARIABLE
              + "="
              + AgentOptions.firstInVariable(
                  env.assigned() != null ? env.assigned() : present, option)),
      environment,
      null
    };
  }

  /**
   * Programs that start themselves once more repeat the options of their JVM, but the jar in one of
   * them goes with this JVM.
   */
  private String[] withoutOwn(String[] command) {
    List<String> words = new ArrayList<>(Arrays.asList(command));
    return words.removeAll(own) ? words.toArray(new String[0]) : command;
  }

  /** The environment with one jar in its variables, in place of the two that may be there. */
  private Map<String, String> renamed(Map<String, String> environment, String jar) {
    Map<String, String> result = environment;
    for (String variable : AgentOptions.READ_BY_JAVA) {
      String present = (result != null ? result : System.getenv()).get(variable);
      if (present != null && jars != null) {
        String renamed = present.replace(shared, jar).replace(ownJar, jar);
        if (!renamed.equals(present)) {
          result = result == environment ? copy(environment) : result;
          result.put(variable, renamed);
        }
      }
    }
    return result;
  }

  /** Options in these variables, agents among them, come before those on the command line. */
  private static Map<String, String> beforeOthers(Map<String, String> environment, String jar) {
    Map<String, String> result = environment;
    for (String variable : AgentOptions.READ_BY_JAVA) {
      String present = (result != null ? result : System.getenv()).get(variable);
      if (present != null && mayNameAgents(present)) {
        if (result == environment) {
          result = copy(environment);
        }
        result.put(variable, AgentOptions.firstInVariable(present, AgentOptions.argument(jar)));
      }
    }
    return result;
  }

  /** Whether the word is such an option, or a file of options. */
  private static boolean mayNameAgents(String value) {
    return value.indexOf("agent") >= 0
        || value.indexOf('@') >= 0
        || value.indexOf("-XX:Flags") >= 0
        || value.indexOf("-XX:VMOptionsFile") >= 0
        || value.indexOf('"') >= 0
        || value.indexOf('\'') >= 0;
  }

  /**
   * A map of the type that ProcessImpl expects; only ProcessBuilder creates it. What is as in this
   * process's own environment keeps its bytes, which may not be text in this locale.
   */
  static Map<String, String> copy(Map<String, String> environment) {
    Map<String, String> copy = new ProcessBuilder().environment();
    if (environment != null) {
      copy.keySet().retainAll(environment.keySet());
      for (Map.Entry<String, String> each : environment.entrySet()) {
        if (!each.getValue().equals(copy.get(each.getKey()))) {
          copy.put(each.getKey(), each.getValue());
        }
      }
    }
    return copy;
  }

  private static String value(Map<String, String> environment) {
    return (environment != null ? environment : System.getenv()).get(AgentOptions.VARIABLE);
  }

  private static String[] insert(String[] command, int at, String word) {
    String[] longer = new String[command.length + 1];
    System.arraycopy(command, 0, longer, 0, at);
    longer[at] = word;
    System.arraycopy(command, at, longer, at + 1, command.length - at);
    return longer;
  }

  private static Map<String, String> withOption(Map<String, String> environment, String option) {
    Map<String, String> copy = copy(environment);
    copy.put(
        AgentOptions.VARIABLE,
        AgentOptions.firstInVariable(copy.get(AgentOptions.VARIABLE), option));
    return copy;
  }

  /** Whether a library of this JDK is not what it was when the run began. */
  boolean isChanged(Path library) {
    return jdk.isChanged(library);
  }

  /**
   * Whether the program is the {@code java} launcher of the JDK that this process runs on. One of
   * another JDK can't be told from any other program of that name.
   */
  private static boolean isOwnJava(Path launcher) {
    try {
      Path own = JdkHome.launcher();
      return launcher.toRealPath().equals(own) && JdkHome.isOwnProgram(own);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a process that was just started runs this program; one that has ended did no harm. */
  boolean isRunning(Process process, Path program) {
    Path running = Path.of("/proc", String.valueOf(process.pid()), "exe");
    try {
      Path unused = Files.readSymbolicLink(running);
    } catch (IOException e) {
      return true; // it has ended, or this is not Linux
    }
    try {
      return Files.isSameFile(running, program);
    } catch (IOException e) {
      return !process.isAlive();
    }
  }

  /**
   * The native code that the child would preload, unless this process was started with the same;
   * null if none.
   */
  String preloaded(Map<String, String> environment) {
    if (environment == null) {
      return null;
    }
    String found = HarmfulVariables.PRELOADING.differing(environment, System.getenv());
    return found != null
        ? found
        : HarmfulVariables.EXTENDING.differing(environment, System.getenv());
  }

  /** The file of a program called {@code java}, or null. */
  private static Path java(String program, String directory) {
    if (!new File(program).getName().equals("java")) {
      return null;
    }
    if (program.indexOf(File.separatorChar) >= 0) {
      return within(directory, program); // the child changes to its directory first
    }
    String path = System.getenv("PATH");
    for (String place : Arrays.asList((path == null ? "" : path).split(File.pathSeparator, -1))) {
      Path candidate = within(directory, place).resolve(program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static Path within(String directory, String path) {
    return directory == null ? Path.of(path) : Path.of(directory).resolve(path);
  }

  /** Not a script of that name, which might not pass the option on. */
  private static boolean isLauncherOfJdk(Path program) {
    try {
      Path bin = program.toRealPath().getParent();
      return bin != null && Files.exists(bin.resolveSibling("lib").resolve("modules"));
    } catch (IOException e) {
      return false;
    }
  }
}
