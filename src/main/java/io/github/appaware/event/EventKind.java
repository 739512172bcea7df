package io.github.appaware.event;

import java.util.Locale;

/** What the application is about to do. The order is part of the wire format: append only. */
public enum EventKind {
  /** Turn a name into addresses, or an address into a name. */
  RESOLVE("of"),
  /** Open a connection, or connect a datagram socket. */
  CONNECT("to"),
  /** Bind a local address. Binding any free port of the wildcard address is not an event. */
  BIND("to"),
  /** Listen for connections. */
  LISTEN("on"),
  /** Accept a peer's connection. */
  ACCEPT("from"),
  /** Send one datagram. */
  SEND("to"),
  /** Receive one datagram. */
  RECEIVE("from"),
  /**
   * Start code that appaware cannot observe: native code, another program. Rules do not match it.
   */
  BLIND("by");

  private final String label = name().toLowerCase(Locale.ROOT);
  private final String preposition;

  EventKind(String preposition) {
    this.preposition = preposition;
  }

  /** Whether the peer initiates the event. */
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
