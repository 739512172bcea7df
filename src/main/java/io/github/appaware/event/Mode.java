package io.github.appaware.event;

import java.util.Locale;

/** What becomes of an event that no rule decides. */
public enum Mode {
  /** Where the policy says ask, a person is asked. */
  ASK,
  /**
   * The policy's default decides; if it says ask and there is no one to ask, the event is denied.
   */
  ENFORCE,
  /** It passes and is recorded. Rules that deny still deny. */
  OBSERVE;

  /** As on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
