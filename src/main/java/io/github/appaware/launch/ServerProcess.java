package io.github.appaware.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The decision server of one run, as a child process. Its standard input is a pipe from the
 * launcher, by whose end the server notices that the launcher ended. It shares no stream with the
 * target.
 */
final class ServerProcess {
  /** The line that the server prints when it listens. */
  static final String READY = "ready";

  private final Process process;
  private final BufferedReader out;

  /** One that was started; see {@link ServerStart}. */
  ServerProcess(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Waits until the server listens; what else it prints says why it does not. */
  void awaitReady() throws LaunchException {
    StringBuilder output = new StringBuilder();
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(READY)) {
          return;
        }
        output.append(output.length() == 0 ? "" : "\n").append(line);
      }
    } catch (IOException e) {
      output.append(e.getMessage());
    }
    throw new LaunchException(
        output.length() == 0 ? "the decision server ended before it was ready" : output.toString(),
        "");
  }

  /**
   * Closes the server's standard input and waits for its end.
   *
   * <p>With the input open, the server's reading thread would be in a native call, for which a JVM
   * that ends waits 300 ms.
   *
   * @param millis how long to wait at most
   * @return whether the server has ended
   */
  boolean awaitEnd(long millis) throws InterruptedException {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly();
  }
}
