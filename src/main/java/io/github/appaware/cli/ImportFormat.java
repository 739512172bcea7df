package io.github.appaware.cli;

import java.util.Locale;

/** What {@code policy import} can read. */
enum ImportFormat {
  /** A policy file of a Java security manager. */
  JAVA_POLICY,
  /** A folder of OpenSnitch rules. */
  OPENSNITCH,
  /** Deno's flags. */
  DENO,
  /** Endpoints of step-security/harden-runner. */
  HARDEN_RUNNER;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads {@code --from}. */
  static final class Converter extends WordConverter<ImportFormat> {
    Converter() {
      super("format", ImportFormat.values());
    }
  }
}
