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

  private AgentAbort() {}

  /** Ends the JVM at once: the application must not start or continue. */
  static void now(String why) {
    try {
      say(why);
    } finally {
      Runtime.getRuntime().halt(STATUS);
    }
  }

  /** Ends the JVM with the application's shutdown hooks, but within two seconds. */
  static void soon(String why) {
    say(why);
    Thread exit =
        new Thread("appaware-exit") {
          @Override
          public void run() {
            Runtime.getRuntime().exit(STATUS);
          }
        };
    exit.setDaemon(true);
    exit.start();
    try {
      exit.join(GRACE);
    } catch (InterruptedException e) {
      // An interrupted thread does not wait.
    }
    Runtime.getRuntime().halt(STATUS);
  }

  /** Prints a message for the user; the application continues. */
  @SuppressWarnings("resource") // closing it would close the process's stderr
  static void tell(String text) {
    try {
      new FileOutputStream(FileDescriptor.err)
          .write(("appaware: " + text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // stderr is closed.
    }
  }

  /** Writes to the file descriptor, as the application can replace {@code System.err}. */
  private static void say(String why) {
    try (FileOutputStream stderr = new FileOutputStream(FileDescriptor.err)) {
      stderr.write(("appaware: " + why + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // stderr is closed; the exit status still tells.
    }
  }
}
