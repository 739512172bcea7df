package io.github.appaware.event;

import java.util.Locale;

/** Whether the kernel brings the network calls of a run's processes to its guard. */
public enum GuardMode {
  /** Where this machine can; the run goes on without where it can't, and says so if asked. */
  AUTO,
  /** The run does not start where it can't. */
  ON,
  /** Never: what is not Java is not judged. */
  OFF;

  /** As on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
