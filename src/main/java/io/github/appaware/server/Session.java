package io.github.appaware.server;

import io.github.appaware.event.Application;

/** Who a connection belongs to, once it proved it; decides what it may say. */
sealed interface Session {
  /** The run it belongs to. */
  Run run();

  /** The launcher of the run. */
  record Launcher(Run run) implements Session {}

  /** An agent that waits for the launcher to measure its process. */
  record Unmeasured(Run run, long pid) implements Session {}

  /** An agent, in a process that the launcher measured. */
  record Agent(Run run, Application application) implements Session {}
}
