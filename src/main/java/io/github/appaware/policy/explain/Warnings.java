package io.github.appaware.policy.explain;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.SourceFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds rules that can never match or never decide, contrary to what their author expects. */
public final class Warnings {
  private Warnings() {}

  /**
   * What the user should know although the policy is valid, in the order of its files, then of
   * their lines.
   *
   * @param now the instant that rules expire against
   */
  public static List<Problem> of(Policy policy, Instant now) {
    List<Problem> all = new ArrayList<>(policy.timelessWarnings());
    ShadowedRules shadows = new ShadowedRules(policy.rules(), now);
    for (Rule rule : policy.rules()) {
      if (rule.expires() != null && !now.isBefore(rule.expires())) {
        all.add(at(rule, "the rule has expired (" + rule.expires() + ")", "remove it"));
      } else {
        Rule shadow = shadows.over(rule);
        if (shadow != null) {
          all.add(
              at(
                  rule,
                  "the rule never decides: all that it matches is denied by the rule in "
                      + shadow.at(),
                  "remove it, or give it a higher `priority`"));
        }
      }
    }
    Map<String, Integer> order = new HashMap<>();
    for (SourceFile source : policy.sources()) {
      order.putIfAbsent(source.path().toString(), order.size());
    }
    all.sort(
        Comparator.comparingInt((Problem one) -> order.getOrDefault(one.file(), 0))
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column));
    return List.copyOf(all);
  }

  private static Problem at(Rule rule, String message, String help) {
    return new Problem(rule.file(), rule.line(), rule.column(), message, help);
  }
}
