package io.github.appaware.linux;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Unpacks JNA's native library into a private directory and loads it. JNA could do so itself, into
 * a directory of a guessable name below the temporary one, once: where that is mounted {@code
 * noexec}, its classes are unusable from then on. Doing it here saves a third of JNA's start, too.
 *
 * <p>The user's own settings of JNA ({@code jna.tmpdir}, {@code jna.nounpack}, {@code
 * jna.boot.library.path}) count as JNA has it.
 */
final class JnaLibrary {
  private static final String PLACE = "jna.boot.library.path";
  private static final String TEMPORARY = "jna.tmpdir";
  private static final List<String> SETTINGS = List.of(PLACE, TEMPORARY, "jna.nounpack");
  private static final String FILE = "libjnidispatch.so";

  private JnaLibrary() {}

  /**
   * Loads it from the first directory where that is possible.
   *
   * @throws UnavailableException with what was wrong with each
   */
  static void load(Architecture architecture, List<Path> scratch) throws UnavailableException {
    if (SETTINGS.stream().anyMatch(name -> System.getProperty(name) != null)) {
      return;
    }
    StringBuilder problems = new StringBuilder();
    for (Path each : scratch) {
      try {
        load(architecture, each);
        return;
      } catch (IOException | LinkageError e) {
        problems.append("; ").append(each).append(": ").append(e.getMessage());
      }
    }
    throw new UnavailableException("JNA's native library can't be loaded" + problems);
  }

  private static void load(Architecture architecture, Path scratch) throws IOException {
    Path directory =
        Files.createTempDirectory(
            scratch,
            "jna",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = directory.resolve(FILE);
    try {
      String resource = "/com/sun/jna/linux-" + architecture.jnaName + "/" + FILE;
      try (InputStream in = JnaLibrary.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new FileNotFoundException("there is no `" + resource + "` on the class path");
        }
        Files.copy(in, file);
      }
      System.load(file.toString());
      // The same file again, in the same loader: JNA finds it loaded.
      System.setProperty(PLACE, directory.toString());
      // Else JNA makes a directory below `user.home`, even where that is `?`, no directory at all.
      System.setProperty(TEMPORARY, directory.toString());
      initialize();
    } finally {
      System.clearProperty(TEMPORARY);
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    }
  }

  /** While the file is there. */
  private static void initialize() throws IOException {
    try {
      Class.forName("com.sun.jna.Native", true, JnaLibrary.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IOException("JNA is not on the class path", e);
    }
  }
}
