package io.github.appaware.event;

/**
 * The decision on one event.
 *
 * @param allowed whether the event may go on
 * @param reason why
 * @param reuse for which events the client may reuse it
 * @param epoch the version of the policy that decided; a reusable verdict expires with its epoch
 */
public record Verdict(boolean allowed, Reason reason, Reuse reuse, int epoch) {
  /** Which events a verdict holds for. The order is part of the wire format: append only. */
  public enum Reuse {
    /** Only for the event that was asked about. */
    NOTHING,
    /** For every equal event, from any origin. */
    ENDPOINT,
    /** For every event that differs only in the peer's port, from any origin. */
    PEER,
    /** For every equal event with the same frames in its {@link Origin}. */
    ENDPOINT_FROM_ORIGIN,
    /** For every event that differs only in the peer's port, with the same frames. */
    PEER_FROM_ORIGIN;

    /** Whether the verdict depends on the origin. */
    public boolean fromOrigin() {
      return this == ENDPOINT_FROM_ORIGIN || this == PEER_FROM_ORIGIN;
    }

    /** Whether the peer's port does not matter. */
    public boolean anyPort() {
      return this == PEER || this == PEER_FROM_ORIGIN;
    }
  }

  /** A denial that no policy made and that must not be reused. */
  public static Verdict denied(Reason.Kind kind) {
    return new Verdict(false, Reason.of(kind), Reuse.NOTHING, 0);
  }

  /**
   * The whole message that reaches the application: {@code appaware: connect tcp to example.com:443
   * denied by rule "no-telemetry" (policy.toml:12)}.
   */
  public String describe(Event event) {
    return reason.describe("appaware: " + event.describe() + (allowed ? " allowed" : " denied"));
  }
}
