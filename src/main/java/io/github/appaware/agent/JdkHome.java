package io.github.appaware.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of the JDK that this JVM is, asked of the kernel where it can be: the property
 * {@code java.home} says what the command line says. Read once, before the application runs.
 */
final class JdkHome {
  private static final Path PROGRAM = Path.of("/proc/self/exe");

  private static final Path OWN_LAUNCHER = ownLauncher();
  private static final Path HOME = find();

  private JdkHome() {}

  static Path path() {
    return HOME;
  }

  /** The {@code java} in it, without symbolic links. */
  static Path launcher() throws IOException {
    return HOME.resolve("bin").resolve("java").toRealPath();
  }

  /**
   * Whether the file is the program that this JVM was started with, if that is a launcher of the
   * JDK: another file could stand in its place by now.
   */
  static boolean isOwnProgram(Path launcher) throws IOException {
    return OWN_LAUNCHER == null || Files.isSameFile(launcher, PROGRAM);
  }

  private static Path find() {
    return OWN_LAUNCHER == null
        ? Path.of(System.getProperty("java.home"))
        : OWN_LAUNCHER.resolve("../..").normalize();
  }

  /** The {@code bin/java} of a JDK, or null for a JVM in another program. */
  private static Path ownLauncher() {
    try {
      Path program = Files.readSymbolicLink(PROGRAM);
      Path bin = program.getParent();
      return program.isAbsolute()
              && program.endsWith("bin/java")
              && bin != null
              && Files.exists(bin.resolveSibling("lib").resolve("modules"))
          ? program
          : null;
    } catch (IOException e) {
      return null; // not Linux
    }
  }
}
