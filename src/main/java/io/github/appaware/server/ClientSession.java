package io.github.appaware.server;

import io.github.appaware.event.Application;

/** Who a connection belongs to, once it proved it; decides what it may say. */
public sealed interface ClientSession {
  /** Whether questions of the run are this client's to answer. */
  default boolean mayAnswer(Run run) {
    return false;
  }

  /** Of a run's own processes. */
  sealed interface RunSession extends ClientSession {
    /** The run it belongs to. */
    Run run();
  }

  /** The launcher of the run, on the terminal of who started it. */
  record LauncherSession(Run run) implements RunSession {
    @Override
    public boolean mayAnswer(Run other) {
      return run == other;
    }
  }

  /** An agent that waits for the launcher to measure its process. */
  record UnidentifiedAgent(Run run, long pid) implements RunSession {}

  /** An agent, in a process that the launcher measured. */
  record AgentSession(Run run, Application application) implements RunSession {}

  /**
   * A console: sees all runs.
   *
   * @param user who sits there
   * @param answers whether it may answer what they ask
   */
  record ConsoleSession(String user, boolean answers) implements ClientSession {
    @Override
    public boolean mayAnswer(Run run) {
      return answers;
    }
  }
}
