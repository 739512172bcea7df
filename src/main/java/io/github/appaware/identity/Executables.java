package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds a command as a POSIX shell and {@code execvp} do (POSIX.1-2017, XCU 2.9.1.1). */
final class Executables {
  /** The search path of glibc's {@code execvp} if there is no PATH. */
  private static final String DEFAULT_PATH = "/bin:/usr/bin";

  private final Map<String, String> environment;
  private final TargetPaths locations;

  Executables(Map<String, String> environment, TargetPaths locations) {
    this.environment = environment;
    this.locations = locations;
  }

  /**
   * The absolute path of the program.
   *
   * @throws TargetException 127 if there is none, 126 if it can't be executed
   */
  Path find(String name) throws TargetException {
    return name.indexOf('/') >= 0 || name.indexOf(File.separatorChar) >= 0
        ? asGiven(name)
        : onPath(name);
  }

  private Path asGiven(String name) throws TargetException {
    Path file = locations.absolute(name);
    if (!Files.exists(file)) {
      throw new TargetException(
          TargetException.NOT_FOUND, quoted(name) + ": no such file", "check the path");
    }
    if (!isProgram(file)) {
      throw notExecutable(name, file);
    }
    return file;
  }

  private Path onPath(String name) throws TargetException {
    Path useless = null;
    String path = environment.getOrDefault("PATH", DEFAULT_PATH);
    if (!name.isEmpty()) {
      for (String entry : path.split(Pattern.quote(File.pathSeparator), -1)) {
        Path file = locations.absolute(entry.isEmpty() ? name : entry + "/" + name);
        if (isProgram(file)) {
          return file;
        }
        if (useless == null && Files.exists(file)) {
          useless = file;
        }
      }
    }
    if (useless != null) {
      throw notExecutable(name, useless);
    }
    boolean here = !name.isEmpty() && Files.exists(locations.absolute(name));
    throw new TargetException(
        TargetException.NOT_FOUND,
        quoted(name) + ": command not found",
        here
            ? "a file of this name is in the working directory: write " + quoted("./" + name)
            : "check the spelling and PATH, or give the program's path");
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static TargetException notExecutable(String name, Path file) {
    if (Files.isDirectory(file)) {
      return new TargetException(
          TargetException.NOT_EXECUTABLE,
          quoted(name) + " is a directory",
          "give the path of a program");
    }
    return new TargetException(
        TargetException.NOT_EXECUTABLE,
        quoted(name) + " is not executable",
        name.endsWith(".jar")
            ? "run a jar with " + quoted("java -jar " + name)
            : "make it executable with " + quoted("chmod +x " + file));
  }
}
