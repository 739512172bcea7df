package io.github.appaware.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * What an agent needs to find its server: a private file in the run's directory, whose path is the
 * agent's argument. So neither the token nor anything else of the run is on a command line for
 * others to read.
 *
 * @param socket the server's Unix-domain socket
 * @param token the run's secret
 * @param store the directory of woven classes
 * @param woven the bundle for {@code home}, or empty when the launcher wove none
 * @param home the real path of the JDK's directory that {@code woven} is for, or empty
 * @param tool the tool's jar, which can weave
 * @param agent the agent's jar, for what the target starts
 */
public record AgentOptions(
    String socket,
    String token,
    String store,
    String woven,
    String home,
    String tool,
    String agent) {
  /** The environment variable that every JVM reads, whatever starts it. */
  public static final String VARIABLE = "JAVA_TOOL_OPTIONS";

  /** The others that some JVMs take options from. */
  public static final List<String> READ_BY_JAVA =
      List.of(VARIABLE, "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final String FIRST_LINE = "appaware agent options 1";

  /** Lines of the file. */
  private static final int COUNT = 8;

  /**
   * Writes the file, readable for the user alone.
   *
   * @throws IOException also when one of the values has a line break
   */
  public void write(Path file) throws IOException {
    List<String> lines = List.of(FIRST_LINE, socket, token, store, woven, home, tool, agent);
    for (String line : lines) {
      if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
        throw new IOException("a path with a line break: " + line);
      }
    }
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
  }

  /**
   * Takes what {@link #write} wrote.
   *
   * @param file for the message
   * @throws IOException when it is not of this version
   */
  public static AgentOptions parse(String file, byte[] content) throws IOException {
    String[] lines = new String[COUNT];
    String text = new String(content, StandardCharsets.UTF_8);
    int from = 0;
    for (int i = 0; i < COUNT; i++) {
      int end = text.indexOf('\n', from);
      if (end < 0) {
        throw new IOException(file + " is not of this version of appaware");
      }
      lines[i] = text.substring(from, end);
      from = end + 1;
    }
    if (!FIRST_LINE.equals(lines[0]) || from != text.length()) {
      throw new IOException(file + " is not of this version of appaware");
    }
    return new AgentOptions(lines[1], lines[2], lines[3], lines[4], lines[5], lines[6], lines[7]);
  }

  /**
   * The JVM option that puts the agent into whatever JVM.
   *
   * @param jar the agent's jar
   * @param file the file of its options
   */
  public static String argument(String jar, String file) {
    return "-javaagent:" + jar + "=" + file;
  }

  /**
   * The JVM option for one command line. Where the main class comes from the class path, it is what
   * {@code -javaagent} stands for, without its second half: that adds {@code java.instrument} to
   * the root modules, where it is anyway, and the JVM then can't use its archived module graph
   * (measured on JDK 17: 27 ms and 3 MiB in each start).
   *
   * @param words what follows {@code java}
   * @param environment of the JVM
   */
  public static String argument(
      String jar, String file, List<String> words, Map<String, String> environment) {
    boolean choosesModules = false;
    for (String word : words) {
      choosesModules |= choosesModules(word);
    }
    for (String variable : READ_BY_JAVA) {
      String value = environment.get(variable);
      if (value != null) {
        choosesModules |= value.indexOf("-m") >= 0 || value.indexOf('@') >= 0;
        choosesModules |= value.indexOf("jdk.module.") >= 0;
      }
    }
    return choosesModules ? argument(jar, file) : library(jar, file);
  }

  private static String library(String jar, String file) {
    return "-agentlib:instrument=" + jar + "=" + file;
  }

  /** Both forms of the option. */
  public static List<String> arguments(String jar, String file) {
    return List.of(argument(jar, file), library(jar, file));
  }

  /** May do so, rather: an argument of the application can look the same, which costs little. */
  private static boolean choosesModules(String word) {
    return word.equals("-m")
        || word.startsWith("--m")
        || word.startsWith("--limit-modules")
        || word.startsWith("--source")
        || word.startsWith("@")
        || word.startsWith("-Djdk.module.")
        || word.startsWith("-XX:Flags")
        || word.startsWith("-XX:VMOptionsFile")
        || word.endsWith(".java");
  }

  /**
   * The value of {@link #VARIABLE} with the agent in it.
   *
   * @param present the value until now, or null
   * @param argument as {@link #argument} makes it
   */
  public static String inVariable(String present, String argument) {
    String quoted = hasBlank(argument) ? "\"" + argument + "\"" : argument;
    if (present == null) {
      return quoted;
    }
    return present.contains(argument) ? present : present + " " + quoted;
  }

  /**
   * The same before all that is there: an agent that came first would run while nothing is hooked.
   * Being named twice does no harm.
   */
  public static String firstInVariable(String present, String argument) {
    String quoted = inVariable(null, argument);
    return present == null || present.startsWith(quoted)
        ? inVariable(present, argument)
        : quoted + " " + present;
  }

  /** The JVM splits the variable at blanks, unless they are within quotes. */
  private static boolean hasBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
