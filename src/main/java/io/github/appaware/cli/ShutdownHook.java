package io.github.appaware.cli;

/** Runs some work when the process ends by Ctrl-C or SIGTERM, unless it is cancelled before. */
final class ShutdownHook {
  private final Thread thread;

  ShutdownHook(Runnable work) {
    thread = new Thread(work, "at-end");
    Runtime.getRuntime().addShutdownHook(thread);
  }

  /** The work will not run any more. */
  void cancel() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException ending) {
      // The process is ending: the work has run or is running.
    }
  }
}
