package io.github.appaware.event;

/**
 * What was decided about one event.
 *
 * @param allowed whether the event may go on
 * @param reason why
 * @param reuse for what the asker may use it again
 * @param epoch the version of the policy that decided; a verdict to be reused dies with its epoch
 */
public record Verdict(boolean allowed, Reason reason, Reuse reuse, int epoch) {
  /** What a verdict depended on. The order is part of the wire format: append only. */
  public enum Reuse {
    /** Good for the event that was asked, once. */
    NOTHING,
    /** Good for every equal event, from any origin. */
    ENDPOINT,
    /** Good for every event that differs only in the far end's port, from any origin. */
    PEER,
    /** Good for every equal event with the same frames in its {@link Origin}. */
    ENDPOINT_FROM_ORIGIN,
    /**
     * Good for every event that differs in nothing but the far end's port, from the same frames.
     */
    PEER_FROM_ORIGIN;

    /** Whether the verdict depended on the origin. */
    public boolean fromOrigin() {
      return this == ENDPOINT_FROM_ORIGIN || this == PEER_FROM_ORIGIN;
    }

    /** Whether the far end's port did not matter. */
    public boolean anyPort() {
      return this == PEER || this == PEER_FROM_ORIGIN;
    }
  }

  /** A denial that came from no policy and must not be reused. */
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
