package io.github.appaware.agent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Ends the JVM, and is the agent's only voice: one line on the process's own stderr. */
final class AgentAbort {
  /** appaware itself failed: nothing was run, or it was stopped. */
  static final int STATUS = 125;

  /** How long the application's shutdown hooks may take when there is time, in milliseconds. */
  private static final long GRACE = 2_000;

  private AgentAbort() {}

  /** At once; for a JVM whose application must not start or go on. */
  static void now(String why) {
    try {
      say(why);
    } finally {
      Runtime.getRuntime().halt(STATUS);
    }
  }

  /** With the application's shutdown hooks, but within two seconds. */
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
      // Somebody wants this thread to hurry: it does.
    }
    Runtime.getRuntime().halt(STATUS);
  }

  /** What the user should know while everything goes on. */
  @SuppressWarnings("resource") // closing it would close the process's stderr
  static void tell(String text) {
    try {
      new FileOutputStream(FileDescriptor.err)
          .write(("appaware: " + text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Nobody listens.
    }
  }

  /** Not {@code System.err}, which the application can replace. */
  private static void say(String why) {
    try (FileOutputStream stderr = new FileOutputStream(FileDescriptor.err)) {
      stderr.write(("appaware: " + why + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Nobody listens; the exit status still tells.
    }
  }
}
