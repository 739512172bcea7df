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

  /**
   * A client that asks for a process whose application is known.
   *
   * @param guard whether it is the launcher's guard, which asks about system calls; otherwise the
   *     agent in the process
   */
  record AgentSession(Run run, Application application, boolean guard) implements RunSession {
    /** The agent in a process. */
    public AgentSession(Run run, Application application) {
      this(run, application, false);
    }
  }

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
