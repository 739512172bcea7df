package io.github.appaware.prompt;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Restores the terminal, and lets stopped processes continue, if this process is killed during a
 * question. A child process does that, a shell, which notices the end of this one.
 */
final class TerminalRestorer {
  /**
   * Each line of input is what to restore: the terminal's state and stopped processes, or nothing.
   * At the end of the input, the last line is carried out.
   */
  private static final String SCRIPT =
      """
      trap '' INT QUIT TERM HUP TSTP TTIN TTOU
      state= pids=
      while read -r a b; do state=$a pids=$b; done
      [ -n "$state" ] || exit 0
      stty -F /dev/tty "$state"
      printf '\\033[?1049l\\033[0m\\r\\n' >/dev/tty
      [ -z "$pids" ] || kill -s CONT $pids
      """;

  private Process shell;

  /** Starts the shell if it is not running. */
  void start() throws IOException {
    if (shell == null || !shell.isAlive()) {
      shell =
          new ProcessBuilder("/bin/sh", "-c", SCRIPT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    }
  }

  /** Sets what to restore if this process is killed. */
  void arm(TerminalState state, List<Long> stopped) {
    StringBuilder line = new StringBuilder(state.text());
    stopped.forEach(pid -> line.append(' ').append(pid));
    say(line.append('\n').toString());
  }

  /** Nothing is left to restore. */
  void disarm() {
    say("\n");
  }

  private void say(String line) {
    if (shell == null) {
      return;
    }
    try {
      OutputStream in = shell.getOutputStream();
      in.write(line.getBytes(StandardCharsets.US_ASCII));
      in.flush();
    } catch (IOException e) {
      shell = null; // it was killed: started again for the next question
    }
  }

  /** Ends the shell. */
  void close() {
    if (shell != null) {
      disarm();
      try {
        shell.getOutputStream().close();
      } catch (IOException e) {
        // It has ended.
      }
    }
  }
}
