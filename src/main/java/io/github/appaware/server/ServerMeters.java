package io.github.appaware.server;

import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordMeter;

/**
 * Counts what a server does, for whoever watches over it. Called by all threads on the way of each
 * decision: cheap, and never throws. What is true at a moment is in {@link ServerState}.
 */
public interface ServerMeters extends RecordMeter {
  /** Why somebody was sent away. */
  enum Refusal {
    /** There are as many connections as there may be. */
    FULL,
    /** No TLS 1.3, or the connection broke before both had agreed. */
    HANDSHAKE,
    /** A certificate that is not, or no longer, valid. */
    CERTIFICATE,
    /** A token that is not, or no longer, good. */
    ENROLMENT,
    /** Another version of appaware. */
    VERSION,
    /** What is no message or not for this client to say, and connections that broke off. */
    PROTOCOL
  }

  /** Counts nothing. */
  ServerMeters NONE = new ServerMeters() {};

  /**
   * An agent has its verdict.
   *
   * @param verdict what it was told
   * @param nanos since its question was read
   * @param asked whether a person was asked in between
   */
  default void decided(Verdict verdict, long nanos, boolean asked) {}

  /** An agent used a verdict again, so many times. */
  default void reused(Verdict verdict, int count) {}

  /** A question to people is over: what became of the last that waited for it. */
  default void questionClosed(Verdict verdict) {}

  /** Somebody was sent away. */
  default void refused(Refusal why) {}
}
