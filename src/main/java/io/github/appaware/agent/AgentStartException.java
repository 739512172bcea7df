package io.github.appaware.agent;

/** The agent must not go on, for a reason that can be told as it is. */
final class AgentStartException extends Exception {
  private static final long serialVersionUID = 1L;

  AgentStartException(String message) {
    super(message);
  }
}
