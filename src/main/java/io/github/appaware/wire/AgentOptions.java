package io.github.appaware.wire;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What an agent needs to find its server. It is in the {@link PremainJar} that the JVM loads first,
 * so that neither the token nor anything else of the run is on a command line for others to read,
 * and that nothing but that jar must be trusted.
 *
 * @param socket the server's Unix-domain socket
 * @param token the run's secret
 * @param store the directory of woven classes
 * @param woven the bundle for {@code home}, or empty when the launcher wove none
 * @param home the real path of the JDK's directory that {@code woven} is for, or empty
 * @param tool the tool's jar, which can weave
 * @param shared the premain jar of the run, for what the target starts
 * @param own the premain jar of this JVM
 * @param childJar what names the premain class of child JVMs where no process can change what they
 *     load, or empty
 * @param childClasses the jar with that class, for their boot class path, or empty
 * @param since when the run began, in milliseconds since 1970
 * @param agent the agent's jar; the last line, where {@code Premain} looks for it
 */
public record AgentOptions(
    String socket,
    String token,
    String store,
    String woven,
    String home,
    String tool,
    String shared,
    String own,
    String childJar,
    String childClasses,
    long since,
    String agent) {
  /** The environment variable that every JVM reads, whatever starts it. */
  public static final String VARIABLE = "JAVA_TOOL_OPTIONS";

  /** The others that some JVMs take options from. */
  public static final List<String> READ_BY_JAVA =
      List.of(VARIABLE, "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final String FIRST_LINE = "appaware agent options 4";

  /** Lines of the text. */
  private static final int COUNT = 13;

  /** Of a run that begins now. */
  public AgentOptions(
      String socket,
      String token,
      String store,
      String woven,
      String home,
      String tool,
      String shared,
      String own,
      String agent) {
    this(
        socket,
        token,
        store,
        woven,
        home,
        tool,
        shared,
        own,
        "",
        "",
        System.currentTimeMillis(),
        agent);
  }

  /** The same for a JVM with another premain jar. */
  public AgentOptions withOwn(String jar) {
    return new AgentOptions(
        socket, token, store, woven, home, tool, shared, jar, childJar, childClasses, since, agent);
  }

  /** The same with files for child JVMs that no process can change. */
  public AgentOptions withChildren(String jar, String classes) {
    return new AgentOptions(
        socket, token, store, woven, home, tool, shared, own, jar, classes, since, agent);
  }

  /** The same with copies of what agents load. */
  public AgentOptions withFiles(String otherWoven, String otherAgent) {
    return new AgentOptions(
        socket,
        token,
        store,
        otherWoven,
        home,
        tool,
        shared,
        own,
        childJar,
        childClasses,
        since,
        otherAgent);
  }

  /**
   * As lines.
   *
   * @throws IOException when one of the values has a line break
   */
  public String text() throws IOException {
    String[] lines = {
      FIRST_LINE,
      socket,
      token,
      store,
      woven,
      home,
      tool,
      shared,
      own,
      childJar,
      childClasses,
      String.valueOf(since),
      agent
    };
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
        throw new IOException("a path with a line break: " + line);
      }
      text.append(text.length() == 0 ? "" : "\n").append(line);
    }
    return text.toString();
  }

  /**
   * Takes what {@link #text} made.
   *
   * @throws IOException when it is not of this version
   */
  public static AgentOptions parse(String text) throws IOException {
    String[] lines = new String[COUNT];
    int from = 0;
    for (int i = 0; i < COUNT; i++) {
      int end = i == COUNT - 1 ? text.length() : text.indexOf('\n', from);
      if (end < from) {
        throw new IOException("the agent's options are not of this version of appaware");
      }
      lines[i] = text.substring(from, end);
      from = end + 1;
    }
    if (!FIRST_LINE.equals(lines[0]) || lines[COUNT - 1].indexOf('\n') >= 0) {
      throw new IOException("the agent's options are not of this version of appaware");
    }
    return new AgentOptions(
        lines[1],
        lines[2],
        lines[3],
        lines[4],
        lines[5],
        lines[6],
        lines[7],
        lines[8],
        lines[9],
        lines[10],
        since(lines[11]),
        lines[12]);
  }

  private static long since(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("the agent's options are not of this version of appaware", e);
    }
  }

  /**
   * The JVM option that puts the agent into whatever JVM.
   *
   * @param jar the premain jar; or the agent's, {@code =}, and its options
   */
  public static String argument(String jar) {
    return "-javaagent:" + jar;
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
  public static String argument(String jar, List<String> words, Map<String, String> environment) {
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
    return choosesModules ? argument(jar) : library(jar);
  }

  private static String library(String jar) {
    return "-agentlib:instrument=" + jar;
  }

  /** What puts a jar behind the JVM's own classes and before all that an application can name. */
  public static String bootClassPath(String jar) {
    return "-Xbootclasspath/a:" + jar;
  }

  /** Both forms of the option. */
  public static List<String> arguments(String jar) {
    return List.of(argument(jar), library(jar));
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
