package io.github.appaware.identity;

import java.util.List;
import java.util.Map;

/**
 * The arguments of the {@code java} launcher, parsed as it does.
 *
 * @param kind how the main class is named
 * @param main the jar's path, the class name, {@code module} or {@code module/class}, or the source
 *     file, as written; empty for {@link Kind#NONE}
 * @param classPath the entries in the JVM's order, as written, wildcards expanded; an empty entry
 *     is the working directory
 * @param classPathGiven whether the class path was set explicitly; if not, it is the default
 * @param modulePath the entries of {@code --module-path}, as written
 * @param injected further jars and directories whose classes the JVM loads: of {@code
 *     -Xbootclasspath/a}, {@code --patch-module}, {@code --upgrade-module-path} and {@code
 *     -javaagent}, as written
 * @param jvmOptions every word before the main class, those of {@code JDK_JAVA_OPTIONS} first,
 *     argument files in place
 * @param applicationArguments every word after it
 * @param mainIndex the position among the arguments as given at which a JVM option may be inserted:
 *     after all other options, unless these and the main class come from one argument file
 */
public record JavaCommandLine(
    Kind kind,
    String main,
    List<String> classPath,
    boolean classPathGiven,
    List<String> modulePath,
    List<String> injected,
    List<String> jvmOptions,
    List<String> applicationArguments,
    int mainIndex) {
  /** How the main class is named. */
  public enum Kind {
    /** {@code -jar app.jar}. */
    JAR,
    /** A class name; also the form without any {@code -cp}. */
    CLASSPATH,
    /** {@code -m module/class}. */
    MODULE,
    /** {@code Main.java} or {@code --source 17 file}. */
    SOURCE,
    /** No main class runs: {@code -version}, {@code --list-modules}, or nothing at all. */
    NONE
  }

  public JavaCommandLine {
    classPath = List.copyOf(classPath);
    modulePath = List.copyOf(modulePath);
    injected = List.copyOf(injected);
    jvmOptions = List.copyOf(jvmOptions);
    applicationArguments = List.copyOf(applicationArguments);
  }

  /**
   * Reads the arguments as the launcher of JDK 17 to 25 does.
   *
   * @param arguments what follows {@code java}
   * @param environment the target's: {@code JDK_JAVA_OPTIONS} and {@code CLASSPATH} count
   * @throws TargetException 125 if the launcher would stop with an error, or an option would make
   *     the JVM load other code than this result names
   */
  public static JavaCommandLine parse(
      List<String> arguments, Map<String, String> environment, ArgFiles files)
      throws TargetException {
    JavaCommandLine line =
        new LauncherParser(ArgumentExpansion.of(arguments, environment, files), environment, files)
            .parse();
    EnvironmentText.refuseReplacing(environment, line.jvmOptions(), files);
    return line;
  }
}
