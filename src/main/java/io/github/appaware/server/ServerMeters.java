package io.github.appaware.server;

import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordMeter;

/**
 * Counts what a server does, for monitoring. Called by all threads with each decision: cheap, and
 * never throws. {@link ServerState} has what holds at one moment.
 */
public interface ServerMeters extends RecordMeter {
  /** Why a client was rejected. */
  enum Refusal {
    /** The limit of connections is reached. */
    FULL,
    /** No TLS 1.3, or the connection broke during the handshake. */
    HANDSHAKE,
    /** The certificate is not valid, or no longer. */
    CERTIFICATE,
    /** The token is not valid, or no longer. */
    ENROLMENT,
    /** Another version of appaware. */
    VERSION,
    /** What is no message or not allowed for this client, silence, and broken connections. */
    PROTOCOL
  }

  /** Counts nothing. */
  ServerMeters NONE = new ServerMeters() {};

  /**
   * An agent was sent a verdict.
   *
   * @param nanos since its message was read
   * @param asked whether a person was asked in between
   */
  default void decided(Verdict verdict, long nanos, boolean asked) {}

  /** An agent used a verdict again, this many times. */
  default void reused(Verdict verdict, int count) {}

  /** A question is closed, the last of its asks with this verdict. */
  default void questionClosed(Verdict verdict) {}

  /** A client was rejected. */
  default void refused(Refusal why) {}
}
