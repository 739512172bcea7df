package io.github.appaware.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates temporary directories: in TMPDIR if it is set, as the launcher script says. */
final class TemporaryFiles {
  private TemporaryFiles() {}

  /** A new directory that only this user can read. */
  static Path directory(String prefix) throws UsageException {
    try {
      return Files.createTempDirectory(prefix);
    } catch (IOException e) {
      throw new UsageException(
          "no temporary files in "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + FileErrors.reason(e),
          "set TMPDIR to a directory that you can write, with free space");
    }
  }
}
