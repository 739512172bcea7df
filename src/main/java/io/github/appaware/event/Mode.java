package io.github.appaware.event;

import java.util.Locale;

/** What a run does with the policy. */
public enum Mode {
  /** If the policy says ask, a person is asked. */
  ASK,
  /**
   * The policy's default decides; if it says ask and there is no one to ask, the event is denied.
   */
  ENFORCE,
  /** The event is allowed and recorded. Rules that deny still deny. */
  OBSERVE,
  /** Everything is allowed, and recorded with what the policy would have done. */
  AUDIT;

  /** Whether the run is there to see what the program does. */
  public boolean isLearning() {
    return this == OBSERVE || this == AUDIT;
  }

  /** As on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
