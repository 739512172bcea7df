package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Resolves paths on a command line against the target's working directory. */
record TargetPaths(Path directory) {
  TargetPaths {
    directory = directory.toAbsolutePath();
  }

  /**
   * The file of this name, without {@code .} and, where it is safe, {@code ..}: after a symbolic
   * link, {@code ..} is not the directory that its spelling suggests.
   *
   * @throws TargetException 125 for text that can't be a path on this system
   */
  Path absolute(String name) throws TargetException {
    try {
      Path plain = directory.resolve(name);
      Path normal = plain.normalize();
      return !Files.exists(plain) || isSame(plain, normal) ? normal : plain;
    } catch (InvalidPathException e) {
      throw TargetException.failed(quoted(name) + " is not a valid path: " + e.getReason());
    }
  }

  private static boolean isSame(Path plain, Path normal) {
    try {
      return Files.isSameFile(plain, normal);
    } catch (IOException e) {
      return false;
    }
  }
}
