package io.github.appaware.event;

import java.util.Locale;

/**
 * The reason for a verdict.
 *
 * @param kind the kind of reason
 * @param rule the id of the deciding rule, or empty if it has none or no rule decided
 * @param at the position of the deciding rule or default, {@code policy.toml:12}, or empty
 */
public record Reason(Kind kind, String rule, String at) {
  /** The kind of reason. The order is part of the wire format: append only. */
  public enum Kind {
    /** A rule of the policy decided. */
    RULE("by rule"),
    /** No rule matched; the policy's default decided. */
    DEFAULT("by default, no rule matches"),
    /** The policy says ask, and there is no one to ask. */
    NOBODY("because the policy says ask and there is no one to ask"),
    /** The mode allows events that no rule decides. */
    OBSERVED("in observe mode"),
    /** No verdict came in time. */
    TIMEOUT("because no verdict came in time"),
    /** The connection to the decision server is gone. */
    UNREACHABLE("server unreachable"),
    /** The record can't be written, so nothing may happen unrecorded. */
    UNRECORDED("because the record can't be written"),
    /** The check failed; never a reason to allow. */
    INTERNAL("because of an internal error"),
    /** The option {@code --blind} decided a blind event. */
    BLIND("by option --blind"),
    /** A person answered; {@code at} names the person. */
    ANSWER("by an answer"),
    /** A person was asked and did not answer in time. */
    UNANSWERED("because no one answered in time"),
    /** Too many questions are waiting. */
    FLOOD("because too many questions wait"),
    /** The endpoint belongs to appaware itself. */
    PROTECTED("because it belongs to appaware"),
    /** It was allowed, but is something else by now, so the agent denied it after all. */
    CHANGED("because the path changed after it was judged"),
    /** In audit mode: the rule, or without one the default, denies. */
    WOULD_DENY("in audit mode, would be denied"),
    /** In audit mode: the rule, or without one the default, asks. */
    WOULD_ASK("in audit mode, would be asked about"),
    /** What a proxy was to be asked for is not one target, so the agent denied it. */
    MALFORMED("because it is not a host name or an address in its usual form"),
    /** The application ended, or its connection did, while a person was asked. */
    GONE("because the application ended before it was answered"),
    /** Each person who was asked left the question to others. */
    DISMISSED("because it was left unanswered"),
    /** The test that was running forbids it to itself; {@code at} names the test. */
    TEST("because the test does not allow it"),
    /** The decision server does not accept the client; its certificate was revoked, for example. */
    REFUSED("because the decision server refuses this process"),
    /** The guard judges what code does that the agent can't see inside. */
    GUARDED("because the guard judges its network calls"),
    /** A system call of what the agent in the process was allowed. */
    PASSED("as the agent in its process was allowed"),
    /** A system call that only prepares a look-up, and that no agent asks about. */
    RESOLVER("because it belongs to a look-up");

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** The name in the record: {@code rule}. */
    public String label() {
      return label;
    }
  }

  public Reason {
    rule = rule == null ? "" : rule;
    at = at == null ? "" : at;
  }

  /** Whether the event was allowed in audit mode alone. */
  public boolean isWould() {
    return kind == Kind.WOULD_DENY || kind == Kind.WOULD_ASK;
  }

  /** A reason without a rule or position. */
  public static Reason of(Kind kind) {
    return new Reason(kind, "", "");
  }

  /** The text after "allowed" or "denied": {@code by rule "no-telemetry" (policy.toml:12)}. */
  public String describe() {
    String place = at.isEmpty() ? "" : " (" + at + ")";
    String named = rule.isEmpty() ? "" : " \"" + rule + "\"";
    return switch (kind) {
      case RULE -> (rule.isEmpty() ? "by a rule" : kind.words + named) + place;
      case NOBODY ->
          at.isEmpty() || rule.isEmpty()
              ? kind.words + place
              : "because rule" + named + place + " says ask and there is no one to ask";
      case UNREACHABLE -> ": " + kind.words;
      case WOULD_DENY, WOULD_ASK -> kind.words + (rule.isEmpty() ? "" : " by rule" + named) + place;
      case ANSWER -> kind.words + (at.isEmpty() ? "" : " of " + at);
      default -> kind.words + named + place;
    };
  }

  /** The same, appended to other text. */
  public String describe(String before) {
    String why = describe();
    return why.startsWith(":") ? before + why : before + " " + why;
  }
}
