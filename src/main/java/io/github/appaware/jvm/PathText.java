package io.github.appaware.jvm;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Class paths as text. */
final class PathText {
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  private PathText() {}

  /** The entries, including empty ones, which mean the working directory. */
  static List<String> split(String path) {
    return List.of(SEPARATOR.split(path, -1));
  }

  /**
   * The entries, each {@code dir/*} replaced by the jars there ({@code libjli/wildcard.c}). An
   * entry without jars is unchanged and so names a missing file to the JVM; so is an existing file
   * of that name.
   */
  static List<String> expand(String path, OptionFiles files) {
    List<String> entries = new ArrayList<>();
    for (String entry : split(path)) {
      String directory = entry.substring(0, Math.max(0, entry.length() - 1));
      boolean wildcard =
          entry.endsWith("*")
              && (directory.isEmpty()
                  || directory.endsWith("/")
                  || directory.endsWith(File.separator))
              && !files.exists(entry);
      List<String> jars = wildcard ? files.jars(directory) : List.of();
      if (jars.isEmpty()) {
        entries.add(entry);
      }
      for (String jar : jars) {
        entries.add(directory + jar);
      }
    }
    return entries;
  }
}
