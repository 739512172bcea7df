package io.github.appaware.prompt;

import io.github.appaware.linux.OwnChildren;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The controlling terminal, through the JDK and POSIX tools. */
final class Tty {
  static final String PATH = "/dev/tty";

  private Tty() {}

  /** Opens the terminal for writing; fails when there is none. */
  static OutputStream open() throws IOException {
    return new FileOutputStream(PATH);
  }

  /** Runs {@code stty} on the terminal, with output in English. */
  static String stty(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("stty", "-F", PATH));
    command.addAll(arguments);
    return run(command);
  }

  /**
   * Runs a short command without input and returns its output. Ctrl-C and Ctrl-Z, which reach the
   * whole process group, neither end nor stop the command, as this process waits for it.
   */
  static String run(List<String> command) throws IOException {
    List<String> deaf =
        new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT QUIT TSTP; exec \"$@\"", "sh"));
    deaf.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(deaf)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().put("LC_ALL", "C");
    Process process = OwnChildren.started(builder.start());
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(command.get(0) + ": " + text.strip());
      }
      return text;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * Whether this process is in the terminal's foreground group: proc(5), fields 5 and 8. In the
   * background the terminal's modes can't be set.
   */
  static boolean isForeground() {
    try {
      String[] fields = stat(ProcessHandle.current().pid());
      return fields[2].equals(fields[5]);
    } catch (IOException | RuntimeException e) {
      return true; // not Linux: assumed
    }
  }

  /** The fields of proc(5)'s {@code stat} after the command's name: the state is the first. */
  static String[] stat(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  /** Sends a signal to processes; ignores those that have ended. */
  static void signal(String name, List<Long> pids) {
    if (pids.isEmpty()) {
      return;
    }
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$@\"", "kill", name));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    try {
      run(command);
    } catch (IOException e) {
      // One of the processes has ended.
    }
  }
}
