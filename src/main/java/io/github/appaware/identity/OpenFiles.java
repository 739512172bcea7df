package io.github.appaware.identity;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that a process has open, at one moment; Linux only. Each has a path below {@code /proc}
 * that leads to the open file, whatever its name leads to by now.
 */
public final class OpenFiles {
  private static final Path PROC = Path.of("/proc");
  private static final String DELETED = " (deleted)";

  /**
   * An open file.
   *
   * @param descriptor leads to it
   * @param name under which it was opened; the kernel adds a word when that is gone
   */
  private record Open(Path descriptor, String name, Stamp stamp) {}

  private final List<Open> files = new ArrayList<>();
  private boolean known;

  private OpenFiles() {}

  /** Of a process; unknown when it is gone, another user's, or there is no {@code /proc}. */
  public static OpenFiles of(long pid) {
    OpenFiles all = new OpenFiles();
    Path directory = PROC.resolve(pid + "/fd");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(directory)) {
      for (Path each : descriptors) {
        all.add(each);
      }
      all.known = true;
    } catch (IOException | DirectoryIteratorException e) {
      all.known = false;
    }
    return all;
  }

  private void add(Path descriptor) {
    try {
      String name = Files.readSymbolicLink(descriptor).toString();
      if (name.startsWith("/")) {
        files.add(new Open(descriptor, name, Stamp.of(descriptor)));
      }
    } catch (IOException | InvalidPathException e) {
      return; // closed meanwhile
    }
  }

  /** Whether the list is that of the process. */
  public boolean areKnown() {
    return known;
  }

  /** What leads to the files that were opened under this name, gone from there or not. */
  public List<Path> named(Path file) {
    List<Path> found = new ArrayList<>();
    for (Open each : files) {
      if (each.name.equals(file.toString()) || each.name.equals(file + DELETED)) {
        found.add(each.descriptor);
      }
    }
    return found;
  }

  /** Whether this file is open under whatever name. */
  public boolean holds(Stamp file) {
    return same(file).isPresent();
  }

  /** What leads to this file, if it is open under whatever name. */
  Optional<Path> same(Stamp file) {
    for (Open each : files) {
      if (each.stamp.isSameFile(file)) {
        return Optional.of(each.descriptor);
      }
    }
    return Optional.empty();
  }
}
