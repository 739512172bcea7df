package io.github.appaware.server;

import io.github.appaware.event.Application;

/** Who a connection belongs to, once it proved it; decides what it may say. */
public sealed interface ClientSession {
  /** Whether questions of the run are this client's to answer. */
  default boolean mayAnswer(Run run) {
    return false;
  }

  /** Of a run's own processes. */
  sealed interface OfRun extends ClientSession {
    /** The run it belongs to. */
    Run run();
  }

  /** The launcher of the run, on the terminal of who started it. */
  record Launcher(Run run) implements OfRun {
    @Override
    public boolean mayAnswer(Run other) {
      return run == other;
    }
  }

  /** An agent that waits for the launcher to measure its process. */
  record Unmeasured(Run run, long pid) implements OfRun {}

  /** An agent, in a process that the launcher measured. */
  record Agent(Run run, Application application) implements OfRun {}

  /**
   * A console: sees all runs.
   *
   * @param user who sits there
   * @param answers whether it may answer what they ask
   */
  record Console(String user, boolean answers) implements ClientSession {
    @Override
    public boolean mayAnswer(Run run) {
      return answers;
    }
  }
}
