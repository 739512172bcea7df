package io.github.appaware.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shell's line inside tmux, a terminal that many people use and that answers queries itself. Its
 * own terminal is a {@link Pty}, which answers what tmux passes on.
 */
public final class Tmux implements Closeable {
  private static final Path TMUX = Path.of("/usr/bin/tmux");
  private static final String CONFIGURATION =
      """
      set -g status off
      set -g default-terminal screen
      set -g allow-passthrough on
      set -g set-clipboard on
      set -g focus-events on
      """;

  private static final Pattern COUNTDOWN = Pattern.compile("denied in (\\d+) s");

  private final Path directory;
  private final Pty outer;

  /** Whether there is one. */
  public static boolean exists() {
    return Files.isExecutable(TMUX);
  }

  /** Runs the line in a new server; its status is in the file {@code status} when it is over. */
  public Tmux(Tool tool, Path directory, String line) throws IOException {
    this.directory = directory;
    Files.writeString(directory.resolve("tmux.conf"), CONFIGURATION);
    Files.writeString(
        directory.resolve("inner.sh"),
        "exec 2>inner.err; tmux -S t pipe-pane 'cat >>raw'; exec 2>/dev/tty; stty -a >before\n"
            + line
            + "\necho $? >status.new; stty -a >after; mv status.new status\n"
            + "until [ -e over ]; do sleep 0.1; done\n");
    outer =
        new Pty(
            tool,
            directory,
            "unset TMUX TMUX_PANE; tmux -u -S t -f tmux.conf new-session sh inner.sh");
  }

  private String tmux(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(TMUX.toString(), "-u", "-S", "t"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeAll(List.of("TMUX", "TMUX_PANE"));
    return Tool.run(builder, "").out();
  }

  /** What is on the screen now. */
  public String screen() throws IOException, InterruptedException {
    return tmux("capture-pane", "-p");
  }

  /** All that was written so far. */
  public String raw() throws IOException {
    return Files.readString(directory.resolve("raw"), StandardCharsets.ISO_8859_1);
  }

  /** Types it. */
  public void type(String text) throws IOException, InterruptedException {
    String unused = tmux("send-keys", "-l", "--", text);
  }

  /** Waits until the screen shows it. */
  public void await(String text) throws Exception {
    await(text, () -> screen().contains(text));
  }

  /** Waits until the question on the screen has at most so many seconds left. */
  public void awaitCountdown(int seconds) throws Exception {
    await(
        "at most " + seconds + " s left",
        () -> {
          Matcher left = COUNTDOWN.matcher(screen());
          int last = Integer.MAX_VALUE;
          while (left.find()) {
            last = Integer.parseInt(left.group(1));
          }
          return last <= seconds;
        });
  }

  /** Waits until it was written. */
  public void awaitWritten(String text) throws Exception {
    await(text, () -> raw().contains(text));
  }

  private void await(String what, Callable<Boolean> condition) throws Exception {
    Await.until(() -> "`" + what + "`:\n" + shown(), condition);
  }

  private String shown() {
    try {
      return screen() + "\nouter terminal:\n" + outer.screen();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }

  /** Waits for the end of the line; its status. */
  public int end() throws Exception {
    Path status = directory.resolve("status");
    await("the end", () -> Files.exists(status));
    return Integer.parseInt(Files.readString(status).strip());
  }

  @Override
  public void close() throws IOException {
    try {
      String unused = tmux("kill-server");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      outer.close();
    }
  }
}
