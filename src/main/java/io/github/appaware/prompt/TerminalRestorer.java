package io.github.appaware.prompt;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A shell that outlives this process by a moment: when this one is killed while the terminal is
 * raw, it makes the terminal as it was, and lets stopped processes go on.
 */
final class TerminalRestorer {
  /**
   * Each line of input says what would have to be done: the terminal's state and stopped processes,
   * or nothing. The end of the input means that it has to be done now.
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

  /** Starts it, when it is not there yet. */
  void start() throws IOException {
    if (shell == null || !shell.isAlive()) {
      shell =
          new ProcessBuilder("/bin/sh", "-c", SCRIPT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    }
  }

  /** What to do if this process were killed now. */
  void arm(TerminalState state, List<Long> stopped) {
    StringBuilder line = new StringBuilder(state.text());
    stopped.forEach(pid -> line.append(' ').append(pid));
    say(line.append('\n').toString());
  }

  /** Nothing has to be done any more. */
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
      shell = null; // somebody killed it: it is started again for the next question
    }
  }

  /** It ends. */
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
