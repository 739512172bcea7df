package io.github.appaware.agent;

/** The agent must not go on, for a reason that can be told as it is. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }
}
