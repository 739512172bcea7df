package io.github.appaware.compat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Maven that runs the tests, as the build knows it. */
final class Maven {
  private Maven() {}

  /** Quiet, with this build's local repository, and offline when the build is. */
  static List<String> command() {
    List<String> command = new ArrayList<>(List.of(script(), "-B", "-q"));
    command.add("-Dmaven.repo.local=" + repository());
    if (required("appaware.maven.network").equals("offline=true")) {
      command.add("-o");
    }
    return command;
  }

  static String script() {
    return Path.of(required("appaware.maven.home"), "bin", "mvn").toString();
  }

  static Path repository() {
    return Path.of(required("appaware.maven.repository"));
  }

  static String version() {
    return required("appaware.maven.version");
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException("the build sets " + property + ": run this with mvn");
    }
    return value;
  }
}
