package io.github.appaware.server.local;

import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.Run;
import io.github.appaware.wire.Message;
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
 * The processes of a run whose launcher was killed. The run's private directory is on the command
 * line or in the environment of each, as the path of the jar that brings its agent; so also of
 * processes that detached themselves, and of a target that was started just before.
 */
final class RunProcesses {
  private static final Path PROC = Path.of("/proc");

  private RunProcesses() {}

  /** Stops the run's agents and ends its processes; returns when they are gone. */
  static void end(Run run, Path directory) {
    for (ClientConnection agent : run.agents()) {
      agent.send(new Message.Stop("the launcher is gone, so the run ends"));
    }
    ProcessTerminator.end(
        () -> {
          List<ProcessHandle> members = find(directory);
          run.target().ifPresent(members::add);
          return members;
        });
  }

  /** Without this process; empty where there is no {@code /proc}. */
  private static List<ProcessHandle> find(Path directory) {
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
      // Those that were found are ended.
    }
    return found;
  }

  /** Whether a process inherited the environment of the run's target. */
  static boolean inherits(long pid, Path directory) {
    return names(PROC.resolve(pid + "/environ"), directory);
  }

  /** Processes of other users can't be read, and are not of this run. */
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
