package io.github.appaware.policy.model;

/** The keys of {@code [default]}. */
public enum DefaultKey implements PolicyKey {
  /** The action for events that no rule matches. */
  UNKNOWN("unknown"),
  /** How long a question waits for an answer. */
  ASK_TIMEOUT("ask-timeout"),
  /** Name servers whose answers link names to addresses, besides those of the system. */
  NAME_SERVERS("name-servers");

  private final String label;

  DefaultKey(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
