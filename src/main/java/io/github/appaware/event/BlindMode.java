package io.github.appaware.event;

import java.util.Locale;

/**
 * What becomes of what leaves appaware's sight: programs that are not Java, native libraries and
 * functions, other JVMs. No rule is about it, as nothing of what they do can be matched.
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
