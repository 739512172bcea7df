package io.github.appaware.prompt;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How the run's processes use the terminal, according to Linux's {@code /proc}. Those that read it
 * are stopped while a question is on the screen, so that keys reach the question. A process that
 * only writes continues.
 */
final class TargetTerminal {
  /** The kernel functions in which a thread that reads a terminal waits. */
  private static final Set<String> READING = Set.of("n_tty_read", "tty_read", "wait_woken");

  private final Supplier<Stream<ProcessHandle>> processes;
  private List<Long> stopped = List.of();

  /** The supplier is called for each question. */
  TargetTerminal(Supplier<Stream<ProcessHandle>> processes) {
    this.processes = processes;
  }

  /** The processes that are stopped. */
  List<Long> stopped() {
    return stopped;
  }

  /** The processes to stop: they are reading the terminal, or have taken it over. */
  List<Long> users(boolean taken) {
    List<Long> users = new ArrayList<>();
    long terminal = controlling(ProcessHandle.current().pid());
    if (terminal == 0) {
      return users;
    }
    processes
        .get()
        .map(ProcessHandle::pid)
        .filter(pid -> controlling(pid) == terminal && (taken || reads(pid, terminal)))
        .forEach(users::add);
    return users;
  }

  void stop(List<Long> users) {
    stopped = List.copyOf(users);
    Tty.signal("STOP", stopped);
  }

  /** Stops the processes again, after the shell's {@code fg} continued the whole group. */
  void stopAgain() {
    Tty.signal("STOP", stopped);
  }

  /** Lets the stopped processes continue. */
  void resume() {
    Tty.signal("CONT", stopped);
    stopped = List.of();
  }

  /** Makes full-screen programs redraw, by a signal that the size has changed. */
  void redraw(List<Long> users) {
    Tty.signal("WINCH", users);
  }

  private static long controlling(long pid) {
    try {
      return Long.parseLong(Tty.stat(pid)[4]);
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  /** Whether a thread of the process waits for the terminal's input. */
  static boolean reads(long pid, long terminal) {
    Path tasks = Path.of("/proc/" + pid + "/task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        if (waits(thread) && readsFrom(thread, terminal)) {
          return true;
        }
      }
    } catch (IOException | RuntimeException e) {
      return false; // the process has ended
    }
    return false;
  }

  private static boolean waits(Path thread) throws IOException {
    String where = Files.readString(thread.resolve("wchan")).strip();
    // "0": this kernel hides the function; the system call is visible.
    return READING.contains(where) || where.equals("0") || where.isEmpty();
  }

  /**
   * See proc(5): the number of the system call, then its arguments; of a read, first the
   * descriptor.
   */
  private static boolean readsFrom(Path thread, long terminal) {
    try {
      String[] call = Files.readString(thread.resolve("syscall")).strip().split(" ", -1);
      String read = System.getProperty("os.arch").equals("aarch64") ? "63" : "0";
      if (call.length < 2 || !call[0].equals(read)) {
        return false;
      }
      long descriptor = Long.decode(call[1]);
      return isTerminal(thread.resolve("fd").resolve(Long.toString(descriptor)), terminal);
    } catch (IOException | RuntimeException e) {
      return false; // running, ended, or another user's
    }
  }

  private static boolean isTerminal(Path file, long terminal) throws IOException {
    long device = ((Number) Files.getAttribute(file, "unix:rdev")).longValue();
    return device == terminal || device == 0x500; // 5:0 is /dev/tty
  }
}
