package io.github.appaware.server.local;

import java.util.List;
import java.util.Set;

/** What a process runs, by its command line, which is what it says of itself. */
final class ProgramNames {
  /** Longer ones are cut: they are only shown. */
  private static final int LONGEST = 100;

  private static final String JAVA = "java";
  private static final String JAR = "-jar";

  /** Options of the {@code java} launcher whose value is an argument of its own; see java(1). */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--limit-modules",
          "--patch-module",
          "--enable-native-access",
          "--source");

  private static final Set<String> MODULE = Set.of("-m", "--module");

  private ProgramNames() {}

  /**
   * The class without its package, or the jar, of a JVM; empty for other programs.
   *
   * @param file the name of the program's file
   */
  static String of(String file, List<String> command) {
    if (!file.equals(JAVA)) {
      return "";
    }
    for (int i = 1; i < command.size(); i++) {
      String word = command.get(i);
      if (word.equals(JAR) || MODULE.contains(word)) {
        return i + 1 < command.size() ? simple(command.get(i + 1), word.equals(JAR)) : "";
      }
      if (WITH_VALUE.contains(word)) {
        i++;
      } else if (!word.startsWith("-") && !word.startsWith("@")) {
        return simple(word, false);
      }
    }
    return "";
  }

  private static String simple(String name, boolean isFile) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return cut(isFile || last.endsWith(".java") ? last : last.substring(last.lastIndexOf('.') + 1));
  }

  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
