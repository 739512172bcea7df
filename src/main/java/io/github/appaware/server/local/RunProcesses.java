package io.github.appaware.server.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the processes of a run when there is no launcher any more to say which they are: the run's
 * private directory is on the command line or in the environment of each, as the way to its agent's
 * options. That holds for those that detached themselves too, and for a target whose launcher was
 * killed before it could tell its process number.
 */
final class RunProcesses {
  private static final Path PROC = Path.of("/proc");

  private RunProcesses() {}

  /** Without this process; empty where there is no {@code /proc}. */
  static List<ProcessHandle> of(Path directory) {
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path process : all) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (pid != ProcessHandle.current().pid()
            && (names(process.resolve("cmdline"), directory)
                || names(process.resolve("environ"), directory))) {
          Optional<ProcessHandle> handle = ProcessHandle.of(pid);
          handle.ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What was found is found.
    }
    return found;
  }

  /** Whether a process inherited the environment of the run's target. */
  static boolean inherits(long pid, Path directory) {
    return names(PROC.resolve(pid + "/environ"), directory);
  }

  /** Other users' processes can't be read, and aren't ours. */
  private static boolean names(Path file, Path directory) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          .contains(
              new String(
                      directory.toString().getBytes(StandardCharsets.UTF_8),
                      StandardCharsets.ISO_8859_1)
                  + "/");
    } catch (IOException e) {
      return false;
    }
  }
}
