package io.github.appaware.agent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Ends the JVM, and writes the agent's only output: lines on the process's stderr. */
final class AgentAbort {
  /** appaware failed: the application did not start, or was stopped. */
  static final int STATUS = 125;

  /** The limit for the application's shutdown hooks, in milliseconds. */
  private static final long GRACE = 2_000;

  /** Opened before the application can forbid it by a security manager. Never closed. */
  private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);

  private AgentAbort() {}

  /** Loads this class while the agent starts. */
  static void prepare() {}

  /** Ends the JVM at once: the application must not start or continue. */
  static void now(String why) {
    try {
      tell(why);
    } finally {
      stop();
    }
  }

  /** Ends the JVM with the application's shutdown hooks, but within two seconds. */
  static void soon(String why) {
    tell(why);
    Thread exit =
        new Thread("appaware-exit") {
          @Override
          public void run() {
            Runtime.getRuntime().exit(STATUS);
          }
        };
    try {
      exit.setDaemon(true);
      exit.start();
      exit.join(GRACE);
    } catch (InterruptedException e) {
      // An interrupted thread does not wait.
    } finally {
      stop();
    }
  }

  private static void stop() {
    BridgeCalls.stop(STATUS);
    Runtime.getRuntime().halt(STATUS);
  }

  /**
   * Prints a message for the user. To the file descriptor, as the application can replace {@code
   * System.err}.
   */
  static void tell(String text) {
    try {
      STDERR.write(("appaware: " + text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // stderr is closed; the exit status still tells.
    }
  }
}
