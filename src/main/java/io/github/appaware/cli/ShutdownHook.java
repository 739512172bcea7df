package io.github.appaware.cli;

/** What is done when the process is told to end, by Ctrl-C as by SIGTERM, until it is cancelled. */
final class ShutdownHook {
  private final Thread thread;

  ShutdownHook(Runnable work) {
    thread = new Thread(work, "at-end");
    Runtime.getRuntime().addShutdownHook(thread);
  }

  /** From now on nothing is done. */
  void cancel() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException ending) {
      // It is done by now, or being done.
    }
  }
}
