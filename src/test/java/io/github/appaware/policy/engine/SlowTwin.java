package io.github.appaware.policy.engine;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.policy.explain.RuleEvaluation;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.model.NormalForm;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.List;

/** Decides as the design says it, sentence by sentence. */
final class SlowTwin {
  private final Policy policy;

  SlowTwin(Policy policy) {
    this.policy = policy;
  }

  /** Action and reason; what they depended on is not its matter. */
  record Said(Action action, Reason reason) {
    Said(Decision decision) {
      this(decision.action(), decision.reason());
    }
  }

  Said decide(Application app, Event event, Origin origin, Instant now) {
    // Of the matching, unexpired rules
    Event normal = NormalForm.of(event);
    List<Rule> matching =
        policy.rules().stream()
            .filter(rule -> RuleEvaluation.matches(rule, app, normal, origin, now))
            .toList();
    // take those with the highest priority;
    int highest = matching.stream().mapToInt(Rule::priority).max().orElse(0);
    List<Rule> counting = matching.stream().filter(rule -> rule.priority() == highest).toList();
    // among these deny beats allow beats ask.
    for (Action action : List.of(Action.DENY, Action.ALLOW, Action.ASK)) {
      for (Rule rule : counting) {
        if (rule.action() == action) {
          return new Said(action, new Reason(Reason.Kind.RULE, rule.id(), rule.at()));
        }
      }
    }
    // No match: the default.
    return new Said(policy.unknown(), new Reason(Reason.Kind.DEFAULT, "", "p:0"));
  }
}
