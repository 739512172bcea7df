package io.github.appaware.policy.explain;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.NormalForm;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Explains a policy's decision rule by rule. Tries every rule: for people, not for deciding. */
public final class PolicyExplainer {
  private PolicyExplainer() {}

  /**
   * Why {@link Policy#decide} decides as it does.
   *
   * @param app with the id that {@link Policy#match} gave it, and its machine
   * @param now the instant that rules expire against
   */
  public static Explanation explain(
      Policy policy, Application app, Event event, Origin origin, Instant now) {
    Rule deciding = policy.deciding(app, event, origin, now);
    Event normal = NormalForm.of(event);
    List<Explanation.Part> parts = new ArrayList<>();
    boolean decided = false;
    for (Rule rule : policy.rules()) {
      RuleKey key = RuleEvaluation.mismatch(rule, app, normal, origin, now).orElse(null);
      Explanation.Role role = key == null ? role(rule, deciding) : Explanation.Role.DIFFERS;
      boolean first = role == Explanation.Role.AGREES && !decided;
      decided |= first;
      parts.add(new Explanation.Part(rule, first ? Explanation.Role.DECIDES : role, key));
    }
    return new Explanation(policy.decide(app, event, origin, now), parts);
  }

  private static Explanation.Role role(Rule rule, Rule deciding) {
    if (rule.priority() != deciding.priority()) {
      return Explanation.Role.OUTRANKED;
    }
    return rule.action() == deciding.action() ? Explanation.Role.AGREES : Explanation.Role.BEATEN;
  }
}
