package io.github.appaware.event;

import java.util.Locale;

/**
 * What happens on a blind event: when the application starts a program that is not Java, uses a
 * native library or function, or attaches to another JVM. Rules do not match these, as appaware
 * cannot observe what the other code then does.
 */
public enum BlindMode {
  /** It happens and is recorded. */
  ALLOW,
  /** It is refused, in every mode. */
  DENY;

  /** As on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
