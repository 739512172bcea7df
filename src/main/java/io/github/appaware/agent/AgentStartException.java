package io.github.appaware.agent;

/** The agent must not go on; the message is meant for the user. */
final class AgentStartException extends Exception {
  private static final long serialVersionUID = 1L;

  AgentStartException(String message) {
    super(message);
  }
}
