package io.github.appaware.event;

import java.util.Locale;

/** What the application is about to do. The order is part of the wire format: append only. */
public enum EventKind {
  /** Turn a name into addresses, or an address into a name. */
  RESOLVE("of"),
  /** Open a connection, or fix the far end of a datagram socket. */
  CONNECT("to"),
  /** Take a local address. Taking any free port of the wildcard address is no event. */
  BIND("to"),
  /** Become reachable for peers. */
  LISTEN("on"),
  /** Hand a peer's connection to the application. */
  ACCEPT("from"),
  /** Let one datagram leave. */
  SEND("to"),
  /** Hand one datagram to the application. */
  RECEIVE("from"),
  /** Leave appaware's sight: native code, another program. No rule is about it. */
  BLIND("by");

  private final String label = name().toLowerCase(Locale.ROOT);
  private final String preposition;

  EventKind(String preposition) {
    this.preposition = preposition;
  }

  /** Whether the far end comes to this process. */
  public boolean isInbound() {
    return this == ACCEPT || this == RECEIVE;
  }

  /** The name in policies, messages and the record: {@code connect}. */
  public String label() {
    return label;
  }

  /** The word between the event and its endpoint in a message: connect <em>to</em> an endpoint. */
  public String preposition() {
    return preposition;
  }
}
