package io.github.appaware.linux;

import java.util.List;

/**
 * What the threads of a process do, as {@code /proc/PID/task} shows it. The process's own state is
 * that of its first thread, which may have ended, or be stopped by a debugger, while others run.
 *
 * @param stopped whether every thread that has not ended is stopped, by a signal
 * @param halted whether none can run: each is stopped, by a signal or a debugger, has ended, or is
 *     in a call that can't be interrupted
 * @param ended whether every thread has ended
 * @param switches how often a thread was given or has left a processor: it stays the same while
 *     none runs, and changes when one has run
 */
public record ThreadActivity(boolean stopped, boolean halted, boolean ended, long switches) {
  private static final String SWITCHES = "voluntary_ctxt_switches:";
  private static final String FORCED_SWITCHES = "nonvoluntary_ctxt_switches:";

  /** Of a process that is gone. */
  static final ThreadActivity GONE = new ThreadActivity(true, true, true, 0);

  /**
   * Sums up.
   *
   * @param threads the {@code status} files of all threads
   */
  static ThreadActivity of(List<String> threads) {
    boolean stopped = true;
    boolean halted = true;
    boolean ended = true;
    long switches = 0;
    for (String status : threads) {
      char state = '?';
      for (String line : status.split("\n", -1)) {
        if (line.startsWith("State:")) {
          state = line.substring("State:".length()).strip().charAt(0);
        } else if (line.startsWith(SWITCHES) || line.startsWith(FORCED_SWITCHES)) {
          String number = line.substring(line.indexOf(':') + 1).strip();
          switches += Decimal.parse(number).orElse(0);
        }
      }
      boolean over = state == 'Z' || state == 'X';
      stopped &= over || state == 'T';
      halted &= over || state == 'T' || state == 't' || state == 'D';
      ended &= over;
    }
    return new ThreadActivity(stopped, halted, ended, switches);
  }
}
