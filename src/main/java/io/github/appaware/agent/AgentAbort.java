package io.github.appaware.agent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Ends the JVM, and writes the agent's only output: lines on the process's own stderr. */
final class AgentAbort {
  /** appaware itself failed: nothing was run, or it was stopped. */
  static final int STATUS = 125;

  /** How long the application's shutdown hooks may take when there is time, in milliseconds. */
  private static final long GRACE = 2_000;

  private AgentAbort() {}

  /** Ends it at once: the application must not start or go on. */
  static void now(String why) {
    try {
      say(why);
    } finally {
      Runtime.getRuntime().halt(STATUS);
    }
  }

  /** Ends it with the application's shutdown hooks, but within two seconds. */
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
      // An interrupted thread does not wait any longer.
    }
    Runtime.getRuntime().halt(STATUS);
  }

  /** Tells the user something while the application goes on. */
  @SuppressWarnings("resource") // closing it would close the process's stderr
  static void tell(String text) {
    try {
      new FileOutputStream(FileDescriptor.err)
          .write(("appaware: " + text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // stderr is closed.
    }
  }

  /** Not {@code System.err}, which the application can replace. */
  private static void say(String why) {
    try (FileOutputStream stderr = new FileOutputStream(FileDescriptor.err)) {
      stderr.write(("appaware: " + why + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // stderr is closed; the exit status still tells.
    }
  }
}
