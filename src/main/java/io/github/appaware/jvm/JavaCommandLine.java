package io.github.appaware.jvm;

import java.util.List;

/**
 * What the {@code java} launcher would run.
 *
 * @param kind how the main class is named
 * @param main the jar's path, the class name, {@code module} or {@code module/class}, or the source
 *     file, as written; empty for {@link Kind#NONE}
 * @param classPath the entries in the JVM's order, as written, wildcards expanded; an empty entry
 *     is the working directory
 * @param classPathGiven whether the class path was asked for; if not, it is what Java falls back to
 * @param modulePath the entries of {@code --module-path}, as written
 * @param injected further jars and directories whose classes the JVM loads: of {@code
 *     -Xbootclasspath/a}, {@code --patch-module}, {@code --upgrade-module-path} and {@code
 *     -javaagent}, as written; agents that a variable names are left out
 * @param jvmOptions every word before the main class, those of {@code JDK_JAVA_OPTIONS} first,
 *     argument files in place
 * @param applicationArguments every word behind it
 */
public record JavaCommandLine(
    Kind kind,
    String main,
    List<String> classPath,
    boolean classPathGiven,
    List<String> modulePath,
    List<String> injected,
    List<String> jvmOptions,
    List<String> applicationArguments) {
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
}
