package io.github.appaware.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A shell on a real pseudo-terminal, which util-linux's {@code script} creates, and a simulated
 * person, who reads the screen and presses keys.
 */
public final class Pty implements Closeable {
  public static final int COLUMNS = 100;
  static final int ROWS = 40;
  public static final String CTRL_C = "\u0003";
  public static final String CTRL_Z = "\u001a";
  public static final String ENTER = "\r";
  public static final String ESCAPE = "\u001b";
  public static final String UP = "\u001b[A";
  public static final String DOWN = "\u001b[B";
  public static final String RIGHT = "\u001b[C";
  public static final String LEFT = "\u001b[D";

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(45);
  private static final long LONG_PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(4);

  /** In the first 300 ms of a question no key counts. */
  public static final Duration LOOK = Duration.ofMillis(310);

  private final Path directory;
  private final Process process;
  private final Emulator emulator = new Emulator(COLUMNS, ROWS);
  private final StringBuilder raw = new StringBuilder();
  private boolean over;

  /**
   * Runs the line in a shell. Its modes are in the file {@code before}, then, when the line is
   * over, in {@code after}; the terminal's name is in {@code tty}.
   */
  public Pty(Tool tool, Path directory, String line) throws IOException {
    assumeTrue(Script.exists(), "there is no `script` to make a terminal with");
    this.directory = directory;
    ProcessBuilder builder = tool.builder();
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TERM", "xterm");
    String whole =
        "stty cols %d rows %d; tty >tty; stty -a >before; %s\n echo \"status $?\"; stty -a >after"
            .formatted(COLUMNS, ROWS, line);
    builder.command(Script.command(whole)).redirectErrorStream(true);
    process = builder.start();
    Thread reader = new Thread(this::read, "pty");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (Reader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      char[] some = new char[8192];
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        take(some, count);
      }
    } catch (IOException e) {
      // The test is over.
    }
    synchronized (this) {
      over = true;
      notifyAll();
    }
  }

  private synchronized void take(char[] some, int count) throws IOException {
    raw.append(some, 0, count);
    for (int i = 0; i < count; i++) {
      String answer = emulator.accept(some[i]);
      if (!answer.isEmpty()) {
        type(answer);
      }
    }
    notifyAll();
  }

  /** Waits until the screen shows it. */
  public void await(String text) throws InterruptedException {
    awaitThat("`" + text + "` on the screen", pty -> pty.emulator.screen().contains(text));
  }

  /** Waits until it is, or has been, on the lines that stay. */
  public void awaitTold(String text) throws InterruptedException {
    awaitThat("`" + text + "`", pty -> pty.emulator.all().contains(text));
  }

  /** Waits for a question of its own, with its keys, and looks at it. */
  public void awaitQuestion(String what) throws InterruptedException {
    awaitThat(
        "a question about `" + what + "`",
        pty -> {
          String screen = pty.emulator.screen();
          int last = screen.lastIndexOf("-- appaware asks");
          return last >= 0
              && screen.indexOf(what, last) > 0
              && screen.indexOf("[D] deny all the rest", last) > 0;
        });
    look();
  }

  /** Waits until no question is on the screen. */
  public void awaitNone() throws InterruptedException {
    awaitThat("end of the question", pty -> !pty.emulator.screen().contains("appaware asks"));
  }

  /** As long as a new question takes no keys, for any person is slower. */
  public void look() {
    Await.past(LOOK);
  }

  public void awaitThat(String what, Predicate<Pty> condition) throws InterruptedException {
    awaitThat(what, PATIENCE_NANOS, condition);
  }

  /** The same, of a program that takes minutes on a busy machine. */
  public void awaitLong(String what, Predicate<Pty> condition) throws InterruptedException {
    awaitThat(what, LONG_PATIENCE_NANOS, condition);
  }

  private synchronized void awaitThat(String what, long patience, Predicate<Pty> condition)
      throws InterruptedException {
    long end = System.nanoTime() + patience;
    while (!condition.test(this)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0 || over) {
        throw new AssertionError("no " + what + (over ? " to the end" : "") + ":\n" + shown());
      }
      wait(left);
    }
  }

  private String shown() {
    String line = "=".repeat(COLUMNS);
    return line + "\n" + emulator.all() + "\n" + line;
  }

  public synchronized String screen() {
    return emulator.screen();
  }

  /** All lines so far. */
  public synchronized String all() {
    return emulator.all();
  }

  public synchronized String strange() {
    return emulator.strange();
  }

  synchronized boolean isFull() {
    return emulator.isFull();
  }

  /** Everything as it was written. */
  public synchronized String raw() {
    return raw.toString();
  }

  /** Presses keys. */
  public void type(String keys) throws IOException {
    OutputStream out = process.getOutputStream();
    synchronized (out) {
      out.write(keys.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }

  /** The window gets another size. */
  public void resize(int columns, int rows) throws IOException, InterruptedException {
    synchronized (this) {
      emulator.resize(columns, rows);
    }
    stty("cols", String.valueOf(columns), "rows", String.valueOf(rows));
  }

  /** The terminal's modes now. */
  public String modes() throws IOException, InterruptedException {
    return stty("-a");
  }

  /** Those that it had at first. */
  public String modesBefore() throws IOException {
    return Files.readString(directory.resolve("before"));
  }

  /** Those at the end of the line. */
  public String modesAfter() throws IOException {
    return Files.readString(directory.resolve("after"));
  }

  private String stty(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("stty", "-F", tty());
    builder.command().addAll(java.util.List.of(arguments));
    builder.environment().put("LC_ALL", "C.UTF-8");
    return Tool.run(builder, "").out();
  }

  private String tty() throws IOException {
    return Files.readString(directory.resolve("tty")).strip();
  }

  /** The shell and what it started. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Waits for the end of the line; its status. */
  public int end() throws InterruptedException {
    awaitTold("status ");
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("no end:\n" + shown());
    }
    String all = all();
    int at = all.lastIndexOf("status ") + "status ".length();
    return Integer.parseInt(all.substring(at).lines().findFirst().orElseThrow().strip());
  }

  /** Hangs up the terminal. */
  public void hangUp() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
