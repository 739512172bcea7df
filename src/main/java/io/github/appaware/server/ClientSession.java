package io.github.appaware.server;

import io.github.appaware.event.Application;

/** What a client proved to be, on which depends what it may send. */
public sealed interface ClientSession {
  /** Whether this client may answer questions of the run. */
  default boolean mayAnswer(Run run) {
    return false;
  }

  /** A process of a run. */
  sealed interface RunSession extends ClientSession {
    /** The run it belongs to. */
    Run run();
  }

  /** The launcher of the run, at the user's terminal. */
  record LauncherSession(Run run) implements RunSession {
    @Override
    public boolean mayAnswer(Run other) {
      return run == other;
    }
  }

  /** An agent that waits for the launcher to measure its process. */
  record UnidentifiedAgent(Run run, long pid) implements RunSession {}

  /** An agent whose application is known. */
  record AgentSession(Run run, Application application) implements RunSession {}

  /**
   * A console, which sees all runs.
   *
   * @param user the person there
   * @param answers whether it may answer questions
   */
  record ConsoleSession(String user, boolean answers) implements ClientSession {
    @Override
    public boolean mayAnswer(Run run) {
      return answers;
    }
  }
}
