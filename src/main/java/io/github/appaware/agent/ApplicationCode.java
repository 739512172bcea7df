package io.github.appaware.agent;

import java.io.File;
import java.io.IOException;

/**
 * Tells the application's own code from libraries: code is its own if it was loaded from the main
 * class's location. For nested jars that is the outer jar and its class directories, not the inner
 * jars. Where a test framework runs, whose main class is a library's, it is what lies in
 * directories: the tests and what they test, as builds compile them.
 */
final class ApplicationCode {
  private final String command;
  private final String classPath;
  private final boolean inTests;
  private volatile String location;

  /**
   * For this JVM.
   *
   * @param command the main class, module or jar, then the arguments
   * @param classPath the class path; for {@code -jar} the jar alone
   * @param inTests whether a test framework runs here
   */
  ApplicationCode(String command, String classPath, boolean inTests) {
    this.command = command;
    this.classPath = classPath;
    this.inTests = inTests;
  }

  boolean isAt(String path) {
    if (inTests && !path.isEmpty() && !path.endsWith(".jar") && path.indexOf('!') < 0) {
      return true;
    }
    String own = location();
    if (own.isEmpty() || !path.startsWith(own)) {
      return false;
    }
    return path.length() == own.length()
        || (path.startsWith("!/", own.length()) && !path.endsWith(".jar"));
  }

  private String location() {
    if (location == null) {
      location = ""; // finding it can call this again, through an application's class loader
      location = find();
    }
    return location;
  }

  private String find() {
    try {
      if (!classPath.isEmpty()
          && (command.equals(classPath) || command.startsWith(classPath.concat(" ")))) {
        return new File(classPath).getCanonicalPath();
      }
      int end = command.indexOf(' ');
      String main = end < 0 ? command : command.substring(0, end);
      main = main.substring(main.indexOf('/') + 1);
      return main.isEmpty() ? "" : ClassOrigin.path(BridgeCalls.domain(main));
    } catch (IOException | ClassNotFoundException | LinkageError | SecurityException e) {
      return ""; // then no code is the application's own, and origins include the whole stack
    }
  }
}
