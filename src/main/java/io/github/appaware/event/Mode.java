package io.github.appaware.event;

import java.util.Locale;

/** What becomes of an event that no rule decides. */
public enum Mode {
  /** Where the policy says ask, a person is asked. */
  ASK,
  /** What the policy's default says; where it says ask, and nobody can be asked, denied. */
  ENFORCE,
  /** It passes and is recorded. Rules that deny still deny. */
  OBSERVE;

  /** As on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
