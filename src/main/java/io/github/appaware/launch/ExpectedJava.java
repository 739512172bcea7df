package io.github.appaware.launch;

import io.github.appaware.identity.JavaHome;
import io.github.appaware.identity.Target;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JDK whose classes are woven before the target starts: the target's; or, where the target is a
 * script and what its JVMs load is sealed, the one that scripts usually take.
 *
 * @param home null for none
 * @param bundle its woven classes; null without a home
 */
record ExpectedJava(Path home, Path bundle) {
  private static final ExpectedJava NONE = new ExpectedJava(null, null);

  /** Weaves. */
  interface Weaver {
    /** The file with the woven classes of a JDK. */
    Path weave(JavaHome java, Path runDirectory) throws LaunchException;
  }

  /**
   * Finds and weaves it.
   *
   * @param guessed whether to guess where the target does not tell
   * @param environment the target's
   */
  static ExpectedJava of(
      Target target,
      boolean guessed,
      Map<String, String> environment,
      Weaver weaver,
      Path runDirectory)
      throws LaunchException {
    if (target.java().isPresent()) {
      JavaHome java = target.java().get();
      return new ExpectedJava(java.home(), weaver.weave(java, runDirectory));
    }
    Optional<JavaHome> usual = guessed ? usual(environment) : Optional.empty();
    if (usual.isEmpty()) {
      return NONE;
    }
    try {
      return new ExpectedJava(usual.get().home(), weaver.weave(usual.get(), runDirectory));
    } catch (LaunchException e) {
      return NONE; // an old JDK, perhaps, which nothing of the run may use
    }
  }

  /** As most scripts do: of JAVA_HOME, or else the first on the path. */
  private static Optional<JavaHome> usual(Map<String, String> environment) {
    List<String> places = new ArrayList<>();
    String home = environment.get("JAVA_HOME");
    if (home != null) {
      places.add(home + File.separator + "bin");
    }
    places.addAll(List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)));
    for (String place : places) {
      Optional<JavaHome> java = place.isEmpty() ? Optional.empty() : at(place);
      if (java.isPresent()) {
        return java;
      }
    }
    return Optional.empty();
  }

  private static Optional<JavaHome> at(String place) {
    try {
      return JavaHome.of(Path.of(place, "java"));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
