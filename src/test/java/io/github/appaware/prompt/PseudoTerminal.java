package io.github.appaware.prompt;

import io.github.appaware.testkit.Emulator;
import io.github.appaware.testkit.Script;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shell on a real pseudo-terminal, which util-linux's {@code script} makes. */
final class PseudoTerminal implements Closeable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Process process;
  private final Thread reader;
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern BEGUN_COLOUR = Pattern.compile("\u001b(\\[[0-9;]*)?\\z");

  /** What was written, without colours. */
  private final StringBuilder seen = new StringBuilder();

  /** The last part of it, which may end within the sequence of a colour. */
  private final StringBuilder uncoloured = new StringBuilder();

  private final Emulator emulator = new Emulator(100, 30);

  /** Runs the line in a shell; the terminal has 100 columns. */
  PseudoTerminal(Path directory, String line) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Script.command("stty cols 100 rows 30; " + line));
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("LC_ALL", "C.UTF-8");
    process = builder.start();
    reader = new Thread(this::read);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (InputStream in = process.getInputStream()) {
      byte[] bytes = new byte[8192];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        take(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  /** As a terminal does, it answers. */
  private synchronized void take(String text) throws IOException {
    Matcher cut = BEGUN_COLOUR.matcher(uncoloured.append(text));
    int whole = cut.find() ? cut.start() : uncoloured.length();
    seen.append(COLOUR.matcher(uncoloured.substring(0, whole)).replaceAll(""));
    uncoloured.delete(0, whole);
    String answer = emulator.acceptAll(text);
    if (!answer.isEmpty()) {
      type(answer);
    }
    notifyAll();
  }

  /** Waits until this text has been written after the place; the place behind it. */
  synchronized int await(String text, int from) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    int at = seen.indexOf(text, from);
    while (at < 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("no " + text + " in " + seen.substring(from));
      }
      wait(left);
      at = seen.indexOf(text, from);
    }
    return at + text.length();
  }

  /** The window is narrower from now on; what the kernel is told is another matter. */
  synchronized void narrow(int columns) {
    emulator.resize(columns, 30);
  }

  synchronized String seen() {
    return seen.toString();
  }

  void type(String keys) throws IOException {
    OutputStream out = process.getOutputStream();
    out.write(keys.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  void end() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("no end: " + seen());
    }
    reader.join(TimeUnit.SECONDS.toMillis(60)); // all that it wrote
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
