package io.github.appaware.jvm;

import java.util.Set;

/**
 * Options by which a JVM, or the launcher before it, prints something and ends with success before
 * any agent is started. Seen on JDK 17 and 25; all other options of that kind let agents start.
 */
public final class EarlyEnd {
  private static final Set<String> OPTIONS =
      Set.of(
          "-XX:+PrintFlagsInitial",
          "-Xlog:help",
          "-Xinternalversion",
          "-agentlib:jdwp=help",
          "-Xrunjdwp:help");

  private static final Set<String> LAUNCHER = Set.of("-fullversion", "--full-version");

  private EarlyEnd() {}

  /** Whether one of them is among the options. */
  public static boolean isAskedFor(JvmOptions options) {
    for (JvmOption option : options.options()) {
      if (OPTIONS.contains(option.text())) {
        return true;
      }
    }
    for (String word : options.line().jvmOptions()) {
      if (LAUNCHER.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
