package io.github.appaware.event;

import java.util.Locale;

/** The transport that an event would reach. The order is part of the wire format: append only. */
public enum Protocol {
  TCP,
  UDP,
  SCTP,
  UNIX;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in policies, messages and the record: {@code tcp}. */
  public String label() {
    return label;
  }
}
