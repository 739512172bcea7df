package io.github.appaware.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which terminal processes can write to, as {@code /proc} shows it: the one that controls them,
 * which {@code /dev/tty} opens, and those that they have open. Processes of other users show only
 * the first.
 */
public final class TerminalUse {
  /** Of the fields of {@code stat} behind the name: see proc_pid_stat(5), fields 5 to 7. */
  private static final int GROUP = 2;

  private static final int SESSION = 3;
  private static final int TERMINAL = 4;

  private final ProcFs proc;

  /** As this {@code /proc} shows it. */
  public TerminalUse(ProcFs proc) {
    this.proc = proc;
  }

  /**
   * A process's job.
   *
   * @param group its process group
   * @param session its session
   * @param terminal the device number of its controlling terminal, or 0
   */
  public record Job(long group, long session, long terminal) {
    static final Job NONE = new Job(0, 0, 0);
  }

  /** The job of a process; zeros when it is gone. */
  public Job job(long pid) {
    try {
      String stat = new String(Files.readAllBytes(file(pid, "stat")), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return new Job(
          Long.parseLong(fields[GROUP]),
          Long.parseLong(fields[SESSION]),
          Long.parseLong(fields[TERMINAL]));
    } catch (IOException | RuntimeException e) {
      return Job.NONE;
    }
  }

  /** Whether a process is controlled by this terminal, or has it open. */
  public boolean uses(long pid, long terminal) {
    return job(pid).terminal() == terminal || hasOpen(pid, terminal);
  }

  private boolean hasOpen(long pid, long terminal) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(file(pid, "fd"))) {
      for (Path descriptor : descriptors) {
        if (isDevice(descriptor, terminal)) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return false; // it has ended, or is another user's
    }
    return false;
  }

  private static boolean isDevice(Path file, long device) {
    try {
      return ((Number) Files.getAttribute(file, "unix:rdev")).longValue() == device;
    } catch (IOException | RuntimeException e) {
      return false; // closed meanwhile
    }
  }

  private Path file(long pid, String name) {
    return proc.root().resolve(Long.toString(pid)).resolve(name);
  }
}
