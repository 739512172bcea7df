package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.AppMatch;
import io.github.appaware.policy.Decision;
import io.github.appaware.policy.Policy;
import java.time.Clock;

/**
 * Applies the policy in force. Safe for all threads.
 *
 * <p>A policy and its epoch are swapped together; a verdict carries the epoch of the policy that
 * made it.
 */
final class Decider {
  private record InForce(Policy policy, int epoch) {}

  private final Mode mode;
  private final OutOfSight blind;
  private final Clock clock;
  private volatile InForce inForce;

  Decider(Policy policy, Mode mode, OutOfSight blind, Clock clock) {
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

  /** Puts another policy in force, or the same again because time passed. Returns its epoch. */
  synchronized int replace(Policy policy) {
    inForce = new InForce(policy, inForce.epoch + 1);
    return inForce.epoch;
  }

  /** The application's id under the policy, and what the user should know about it. */
  AppMatch match(Application application) {
    return inForce.policy.match(application);
  }

  Verdict decide(Application application, Event event, Origin origin) {
    InForce now = inForce;
    if (event instanceof Event.Blind) {
      boolean allowed = blind == OutOfSight.ALLOW;
      return new Verdict(allowed, Reason.of(Reason.Kind.BLIND), Verdict.Reuse.NOTHING, now.epoch);
    }
    Decision decision = now.policy.decide(application, event, origin, clock.instant());
    Reason reason = decision.reason();
    boolean byRule = reason.kind() == Reason.Kind.RULE;
    return switch (decision.action()) {
      case ALLOW -> verdict(true, reason, decision, now);
      case DENY ->
          !byRule && mode == Mode.OBSERVE
              ? verdict(true, Reason.of(Reason.Kind.OBSERVED), decision, now)
              : verdict(false, reason, decision, now);
      case ASK ->
          mode == Mode.OBSERVE
              ? verdict(true, Reason.of(Reason.Kind.OBSERVED), decision, now)
              : verdict(
                  false, new Reason(Reason.Kind.NOBODY, reason.rule(), reason.at()), decision, now);
    };
  }

  private static Verdict verdict(boolean allowed, Reason reason, Decision decision, InForce now) {
    return new Verdict(allowed, reason, decision.reuse(), now.epoch);
  }
}
