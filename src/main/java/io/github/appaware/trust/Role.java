package io.github.appaware.trust;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client with a certificate may do. */
public enum Role {
  /** Asks for verdicts. */
  AGENT,
  /** Answers questions, and sees everything. */
  OPERATOR,
  /** Sees everything. */
  AUDITOR;

  /** As in commands, tokens and certificates. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role with this label. */
  public static Optional<Role> of(String label) {
    return Stream.of(values()).filter(role -> role.label().equals(label)).findFirst();
  }
}
