package io.github.appaware.policy.model;

import java.util.Locale;

/** What a rule, or the default, says about an event. */
public enum Action {
  /** The event may go on. */
  ALLOW(1),
  /** The event must not happen. */
  DENY(2),
  /** A person decides. */
  ASK(0);

  private final String label = name().toLowerCase(Locale.ROOT);
  private final int strength;

  Action(int strength) {
    this.strength = strength;
  }

  /** The name in policies and messages: {@code allow}. */
  public String label() {
    return label;
  }

  /** Whether this action wins over the other at equal priority: deny beats allow beats ask. */
  public boolean beats(Action other) {
    return strength > other.strength;
  }
}
