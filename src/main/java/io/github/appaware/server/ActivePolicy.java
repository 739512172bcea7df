package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Event;
import io.github.appaware.event.Mode;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppMatch;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.model.Rule;
import java.time.Clock;

/**
 * Applies the policy in force. Safe for all threads.
 *
 * <p>A policy and its epoch are swapped together; a verdict carries the epoch of the policy that
 * made it.
 */
final class ActivePolicy {
  private record InForce(Policy policy, int epoch) {}

  private final Mode mode;
  private final BlindMode blind;
  private final boolean deferring;
  private final Clock clock;
  private volatile InForce inForce;

  ActivePolicy(Policy policy, Mode mode, BlindMode blind, Clock clock) {
    this(policy, mode, blind, false, clock);
  }

  /**
   * As above.
   *
   * @param deferring whether an upstream server decides what no rule of this one does
   */
  ActivePolicy(Policy policy, Mode mode, BlindMode blind, boolean deferring, Clock clock) {
    this.deferring = deferring;
    this.inForce = new InForce(policy, 1);
    this.mode = mode;
    this.blind = blind;
    this.clock = clock;
  }

  int epoch() {
    return inForce.epoch;
  }

  Policy policy() {
    return inForce.policy;
  }

  /** Puts another policy in force, or the same one under a new epoch. Returns the epoch. */
  synchronized int replace(Policy policy) {
    inForce = new InForce(policy, inForce.epoch + 1);
    return inForce.epoch;
  }

  /** The id that the policy gives the application, and what the user should know about that. */
  AppMatch match(Application application) {
    return inForce.policy.match(application);
  }

  /** The policy's verdict, or that a person is to be asked. */
  PolicyVerdict decide(Application application, Event event, Origin origin) {
    InForce now = inForce;
    if (event instanceof Event.Blind) {
      boolean allowed = blind == BlindMode.ALLOW;
      return decided(allowed, Reason.of(Reason.Kind.BLIND), Verdict.Reuse.NOTHING, now);
    }
    Decision decision = now.policy.decide(application, event, origin, clock.instant());
    Reason reason = decision.reason();
    if (mode == Mode.AUDIT && decision.action() == Action.DENY) {
      return would(Reason.Kind.WOULD_DENY, decision, now);
    }
    boolean byRule = reason.kind() == Reason.Kind.RULE;
    boolean observed = mode == Mode.OBSERVE && !byRule;
    return switch (decision.action()) {
      case ALLOW -> decided(true, reason, decision.reuse(), now);
      case DENY ->
          observed
              ? decided(true, Reason.of(Reason.Kind.OBSERVED), decision.reuse(), now)
              : decided(false, reason, decision.reuse(), now);
      case ASK -> ask(decision, now);
    };
  }

  private PolicyVerdict ask(Decision decision, InForce now) {
    Reason unanswerable =
        new Reason(Reason.Kind.NOBODY, decision.reason().rule(), decision.reason().at());
    if (deferring && decision.reason().kind() == Reason.Kind.DEFAULT) {
      return decided(true, decision.reason(), decision.reuse(), now);
    }
    return switch (mode) {
      case OBSERVE -> decided(true, Reason.of(Reason.Kind.OBSERVED), decision.reuse(), now);
      case AUDIT -> would(Reason.Kind.WOULD_ASK, decision, now);
      case ENFORCE -> decided(false, unanswerable, decision.reuse(), now);
      // There may be a responder the next time.
      case ASK ->
          new PolicyVerdict(
              new Verdict(false, unanswerable, Verdict.Reuse.NOTHING, now.epoch),
              true,
              decision.reuse());
    };
  }

  /** Allowed, with what decided otherwise. */
  private static PolicyVerdict would(Reason.Kind kind, Decision decision, InForce now) {
    Reason why = new Reason(kind, decision.reason().rule(), decision.reason().at());
    return decided(true, why, decision.reuse(), now);
  }

  private static PolicyVerdict decided(
      boolean allowed, Reason reason, Verdict.Reuse reuse, InForce now) {
    return new PolicyVerdict(new Verdict(allowed, reason, reuse, now.epoch), false, reuse);
  }

  /**
   * The priority of the rule that says ask, which that of an answer must equal; 0 for the default.
   */
  int priority(Application application, Event event, Origin origin) {
    Policy policy = inForce.policy;
    Reason reason = policy.decide(application, event, origin, clock.instant()).reason();
    if (reason.kind() != Reason.Kind.RULE) {
      return 0;
    }
    return policy.rules().stream()
        .filter(rule -> rule.at().equals(reason.at()))
        .mapToInt(Rule::priority)
        .findFirst()
        .orElse(0);
  }
}
