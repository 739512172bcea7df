package io.github.appaware.linux;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process as {@code /proc/PID/stat} shows it (proc_pid_stat(5)).
 *
 * @param pid its number
 * @param command the name of its program's file, or what the process calls itself; at most 15
 *     bytes, 64 of a kernel thread, and any of them: control characters, spaces and parentheses too
 * @param state {@code R}, {@code S}, {@code Z} for one that has ended, and so on
 * @param parent its parent's number; 0 where that is not visible
 * @param started clock ticks since the system's start; with the number it tells processes apart
 */
public record ProcessInfo(long pid, String command, char state, long parent, long started) {
  /** Of the fields behind the name: those that are read. */
  private static final int STATE = 0;

  private static final int PARENT = 1;
  private static final int STARTED = 19;

  /** Whether it has ended, and waits for its parent to collect its status. */
  public boolean isZombie() {
    return state == 'Z';
  }

  /**
   * Reads the file's only line. The name may hold whatever a process wants; behind the last closing
   * parenthesis nothing is the process's own.
   */
  static Optional<ProcessInfo> parse(String stat) {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (open < 2 || close < open || close + 2 > stat.length()) {
      return Optional.empty();
    }
    String[] fields = stat.substring(close + 2).trim().split(" ", -1);
    OptionalLong pid = Decimal.parse(stat.substring(0, open - 1));
    if (pid.isEmpty() || fields.length <= STARTED || fields[STATE].length() != 1) {
      return Optional.empty();
    }
    OptionalLong parent = Decimal.parse(fields[PARENT]);
    OptionalLong started = Decimal.parse(fields[STARTED]);
    if (parent.isEmpty() || started.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessInfo(
            pid.getAsLong(),
            stat.substring(open + 1, close),
            fields[STATE].charAt(0),
            parent.getAsLong(),
            started.getAsLong()));
  }
}
