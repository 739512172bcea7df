package io.github.appaware.prompt;

import io.github.appaware.linux.OwnChildren;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Changes the terminal's modes, stops processes and lets them continue: through a child process, a
 * shell, which undoes both when this process ends without having done so, even by SIGKILL. (The
 * local server then ends the run. Killed together with the shell, this process leaves stopped
 * processes to the server, which kills them.) A shell that lasts is also faster than one for each
 * command. Not for several threads.
 */
final class TerminalKeeper {
  /**
   * Each line of input is a command; a line with a dot ends the output of each. {@code state} is
   * what {@code stty} is to restore at the end of the input, {@code pids} the processes to
   * continue.
   */
  private static final String SCRIPT =
      """
      trap '' INT QUIT TERM HUP TSTP TTIN TTOU
      LC_ALL=C; export LC_ALL
      state= pids=
      while read -r command words; do
        case $command in
        measure) stty -F /dev/tty -g && stty -F /dev/tty -a ;;
        keep) state=$words ;;
        set) stty -F /dev/tty $words ;;
        restore) stty -F /dev/tty "$state"; state= ;;
        owe) pids=$words ;;
        kill) kill -s $words ;;
        resume) kill -s CONT $words; pids= ;;
        esac 2>/dev/null </dev/null
        echo .
      done
      if [ -n "$state" ]; then
        stty -F /dev/tty "$state"
        printf '%s\\r\\n' "$1" >/dev/tty
      fi
      [ -z "$pids" ] || kill -s CONT $pids
      """;

  private static final String DONE = "\n.\n";
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long PAUSE_NANOS = 100_000;
  private static final int MOST_OUTPUT = 64 * 1024;

  private Process shell;
  private String kept = "";

  /** What is restored if this process is killed, where that is not what was kept last. */
  private String atEnd = "";

  private List<Long> owed = List.of();

  /** The modes, as {@code stty -g} and {@code stty -a} tell them. */
  String measure() throws IOException {
    return ask("measure");
  }

  /** Sets modes, given as arguments of {@code stty}. */
  void set(String arguments) throws IOException {
    String unused = ask("set " + arguments);
  }

  /** What to restore, also if this process is killed. */
  void keep(TerminalState state) throws IOException {
    kept = state.text();
    String unused = ask("keep " + owedState());
  }

  /** Restores what was kept. */
  void restore() throws IOException {
    if (!kept.isEmpty()) {
      String unused = ask(atEnd.isEmpty() ? "restore" : "set " + kept);
      kept = "";
    }
  }

  /** What to restore at the end, and if this process is killed, whatever is kept meanwhile. */
  void keepAtEnd(TerminalState state) throws IOException {
    atEnd = state.text();
    String unused = ask("keep " + atEnd);
  }

  /** Restores that. */
  void restoreAtEnd() throws IOException {
    if (!atEnd.isEmpty()) {
      String unused = ask("restore");
      atEnd = "";
      kept = "";
    }
  }

  private String owedState() {
    return atEnd.isEmpty() ? kept : atEnd;
  }

  /**
   * Sends SIGSTOP.
   *
   * @param some those to stop now
   * @param all those to let continue if this process is killed
   */
  void stop(List<Long> some, List<Long> all) throws IOException {
    owed = List.copyOf(all);
    String unused = ask("owe " + words(owed));
    signal("STOP", some);
  }

  /** Sends SIGCONT to all that were stopped; does what it can if the shell is gone. */
  void resume(List<Long> inOrder) {
    owed = List.of();
    try {
      String unused = ask("resume " + words(inOrder));
    } catch (IOException e) {
      Tty.signal("CONT", inOrder);
    }
  }

  /** Sends a signal to processes; ignores those that have ended. */
  void signal(String name, List<Long> pids) throws IOException {
    if (!pids.isEmpty()) {
      String unused = ask("kill " + name + " " + words(pids));
    }
  }

  private static String words(List<Long> pids) {
    return pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  /** Has a command carried out, by another shell if the last one was killed. */
  private String ask(String command) throws IOException {
    if (shell != null && shell.isAlive()) {
      try {
        return exchange(command);
      } catch (IOException e) {
        shell.destroyForcibly();
      }
    }
    shell =
        OwnChildren.started(
            new ProcessBuilder("/bin/sh", "-c", SCRIPT, "sh", TerminalModes.ABANDON)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    String unused = exchange("keep " + owedState());
    unused = exchange("owe " + words(owed));
    return exchange(command);
  }

  private String exchange(String command) throws IOException {
    OutputStream in = shell.getOutputStream();
    in.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
    in.flush();
    StringBuilder text = new StringBuilder();
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!("\n" + text).endsWith(DONE)) {
      read(text, end);
    }
    return text.substring(0, text.length() - 2);
  }

  private void read(StringBuilder text, long end) throws IOException {
    InputStream out = shell.getInputStream();
    int available = out.available();
    if (available > 0) {
      text.append(new String(out.readNBytes(available), StandardCharsets.US_ASCII));
    } else if (!shell.isAlive() || System.nanoTime() - end > 0 || text.length() > MOST_OUTPUT) {
      throw new IOException("the shell that keeps the terminal is gone");
    } else {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Ends the shell, which then restores what was not restored. */
  void close() {
    if (shell != null) {
      try {
        shell.getOutputStream().close();
      } catch (IOException e) {
        // It has ended.
      }
    }
  }
}
