package io.github.appaware.jvm;

import static io.github.appaware.jvm.OptionException.quoted;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The files of this machine. */
record OptionFilesOnDisk(Path directory) implements OptionFiles {
  /** More than any command line holds; the launcher itself would take 2 GiB. */
  private static final int LIMIT = 16 << 20;

  private static final int MOST_JARS = 100_000;

  @Override
  public byte[] bytes(String name, String option) throws OptionException {
    Path file = file(name);
    if (file == null || !Files.exists(file)) {
      throw new OptionException(quoted(option) + ": no such file");
    }
    if (!Files.isRegularFile(file)) {
      // Reading a pipe here would leave nothing for the JVM to read.
      throw new OptionException(
          quoted(option) + " is not a regular file", "write the arguments to a file first");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new OptionException(quoted(option) + " is larger than 16 MiB");
      }
      return bytes;
    } catch (IOException e) {
      throw new OptionException(quoted(option) + " can't be read: " + e.getMessage());
    }
  }

  @Override
  public boolean exists(String name) {
    Path file = file(name);
    return file != null && Files.exists(file);
  }

  @Override
  public List<String> jars(String name) {
    Path path = file(name);
    if (path == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*.{jar,JAR}")) {
      for (Path file : files) {
        String jar = file.getFileName().toString();
        if (jar.indexOf(File.pathSeparatorChar) < 0) {
          names.add(jar);
        }
        if (names.size() > MOST_JARS) {
          break; // beyond this number, none is hashed or searched
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    Collections.sort(names);
    return names;
  }

  /** Null for text that no file can have as its name. */
  private Path file(String name) {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
