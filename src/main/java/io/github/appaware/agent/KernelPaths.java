package io.github.appaware.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Paths of Unix-domain sockets that are short enough for the kernel. */
final class KernelPaths {
  /** Where the descriptors of this process lead, on Linux. */
  static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** What the JDK takes: one byte less than fits into {@code sun_path} of unix(7). */
  private static final int LONGEST = 106;

  /** Another name of {@link #DESCRIPTORS} on every Linux with udev. */
  private static final Path SHORTER = Path.of("/dev/fd");

  /** The working directory, which a Java program can't change. */
  private static final Path WORKING = Path.of("/proc/self/cwd");

  private KernelPaths() {}

  static boolean fits(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }

  /**
   * A shorter path to the same file below a directory that is held open, or null.
   *
   * @param place below {@link #DESCRIPTORS}
   */
  static Path held(Path place) {
    Path directory = place.getParent();
    Path name = place.getFileName();
    Path same = SHORTER.resolve(directory.getFileName()).resolve(name);
    try {
      if (fits(same) && Files.isSameFile(SHORTER, DESCRIPTORS)) {
        return same;
      }
      return fits(name) && Files.isSameFile(WORKING, directory) ? name : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** The path itself, or from the working directory where only that is short enough. */
  static Path shortest(Path given) {
    try {
      Path working = WORKING.toRealPath();
      return !fits(given) && given.startsWith(working) ? working.relativize(given) : given;
    } catch (IOException e) {
      return given;
    }
  }
}
