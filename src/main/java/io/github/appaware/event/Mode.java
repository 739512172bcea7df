package io.github.appaware.event;

import java.util.Locale;

/** What happens to an event that no rule decides. */
public enum Mode {
  /** If the policy says ask, a person is asked. */
  ASK,
  /**
   * The policy's default decides; if it says ask and there is no one to ask, the event is denied.
   */
  ENFORCE,
  /** The event is allowed and recorded. Rules that deny still deny. */
  OBSERVE;

  /** As on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
