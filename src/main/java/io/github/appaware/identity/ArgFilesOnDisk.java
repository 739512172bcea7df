package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Argument files and directories of this machine. */
record ArgFilesOnDisk(TargetPaths locations) implements ArgFiles {
  /** Larger than any real command line; the launcher itself accepts 2 GiB. */
  private static final long LIMIT = 16 << 20;

  @Override
  public String text(String name) throws TargetException {
    Path file = locations.absolute(name);
    if (!Files.exists(file)) {
      throw TargetException.failed(quoted("@" + name) + ": no such file");
    }
    if (!Files.isRegularFile(file)) {
      // Reading a pipe here would consume what the launcher is to read.
      throw TargetException.failed(
          quoted("@" + name) + " is not a regular file", "write the arguments to a file first");
    }
    try {
      if (Files.size(file) > LIMIT) {
        throw TargetException.failed(quoted("@" + name) + " is larger than 16 MiB");
      }
      return new String(Files.readAllBytes(file), NativeText.CHARSET);
    } catch (IOException e) {
      throw TargetException.failed(quoted("@" + name) + " can't be read: " + e.getMessage());
    }
  }

  @Override
  public boolean exists(String name) {
    try {
      return Files.exists(locations.absolute(name));
    } catch (TargetException e) {
      return false;
    }
  }

  @Override
  public List<String> jars(String directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(locations.absolute(directory), "*.{jar,JAR}")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.indexOf(File.pathSeparatorChar) < 0) {
          names.add(name);
        }
        if (names.size() > ReadBudget.MOST_FILES) {
          break; // too many to hash or search
        }
      }
    } catch (IOException | DirectoryIteratorException | TargetException e) {
      return List.of();
    }
    Collections.sort(names);
    return names;
  }
}
