package io.github.appaware.agent;

import io.github.appaware.wire.AgentOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Gives the agent to what the target starts: on the command line where the command is a JDK's
 * {@code java} itself, which then prints nothing about it, else in the environment.
 */
final class Children {
  private final String jar;
  private final String options;

  /**
   * For the children of this process.
   *
   * @param jar the agent's jar
   * @param options the path of the agent's options
   */
  Children(String jar, String options) {
    this.jar = jar;
    this.options = options;
  }

  /** The command and environment to start a child with; neither argument is changed. */
  Object[] equip(String[] command, Map<String, String> environment) {
    if (command == null || command.length == 0 || command[0] == null) {
      return new Object[] {command, environment}; // the JDK refuses it in its own words
    }
    if (isJava(command[0])) {
      String[] equipped = new String[command.length + 1];
      equipped[0] = command[0];
      equipped[1] =
          AgentOptions.argument(
              jar,
              options,
              Arrays.asList(command).subList(1, command.length),
              environment != null ? environment : System.getenv());
      System.arraycopy(command, 1, equipped, 2, command.length - 1);
      return new Object[] {equipped, environment};
    }
    return new Object[] {command, withOption(environment)};
  }

  private Map<String, String> withOption(Map<String, String> environment) {
    // A copy of the type that ProcessImpl wants; only ProcessBuilder makes it.
    Map<String, String> copy = new ProcessBuilder().environment();
    if (environment != null) {
      copy.clear();
      copy.putAll(environment);
    }
    String option = AgentOptions.argument(jar, options);
    copy.put(
        AgentOptions.VARIABLE, AgentOptions.inVariable(copy.get(AgentOptions.VARIABLE), option));
    return copy;
  }

  /** A script of that name does not count: it might not pass the option on. */
  private static boolean isJava(String program) {
    if (!new File(program).getName().equals("java")) {
      return false;
    }
    if (program.indexOf(File.separatorChar) >= 0) {
      return isLauncherOfJdk(Path.of(program));
    }
    String path = System.getenv("PATH");
    for (String directory :
        Arrays.asList((path == null ? "" : path).split(File.pathSeparator, -1))) {
      Path candidate = Path.of(directory, program);
      if (Files.isExecutable(candidate)) {
        return isLauncherOfJdk(candidate);
      }
    }
    return false;
  }

  private static boolean isLauncherOfJdk(Path program) {
    try {
      Path bin = program.toRealPath().getParent();
      return bin != null && Files.exists(bin.resolveSibling("lib").resolve("modules"));
    } catch (IOException e) {
      return false;
    }
  }
}
