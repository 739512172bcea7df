package io.github.appaware.cli;

import io.github.appaware.policy.explain.Explanation;
import io.github.appaware.policy.explain.Explanation.Part;
import io.github.appaware.policy.explain.Explanation.Role;
import io.github.appaware.policy.explain.RuleDifference;
import io.github.appaware.policy.model.Rule;
import java.util.Locale;

/** Describes the part of one rule in a decision. */
final class ExplainedRule {
  private ExplainedRule() {}

  /** The name in the output: {@code decides}. */
  static String role(Part part) {
    return part.role().name().toLowerCase(Locale.ROOT);
  }

  /** Why it decides, loses or does not match. */
  static String why(Part part, Explanation explanation) {
    Rule rule = part.rule();
    if (part.role() == Role.DIFFERS) {
      return RuleDifference.words(rule, part.key());
    }
    Rule winner = winner(explanation);
    return switch (part.role()) {
      case DECIDES -> "matches" + advantage(explanation, rule);
      case OUTRANKED ->
          "matches, but priority " + rule.priority() + " is below " + winner.priority();
      case BEATEN -> "matches, but " + winner.action().label() + " beats " + rule.action().label();
      case AGREES -> "matches, and says the same";
      case DIFFERS -> throw new AssertionError(part);
    };
  }

  private static String advantage(Explanation explanation, Rule rule) {
    boolean outranks = has(explanation, Role.OUTRANKED);
    boolean beats = has(explanation, Role.BEATEN);
    String rank = outranks ? ", with the highest priority, " + rule.priority() : "";
    return rank + (beats ? (outranks ? ", and " : ", ") + rule.action().label() + " wins" : "");
  }

  private static boolean has(Explanation explanation, Role role) {
    return explanation.rules().stream().anyMatch(part -> part.role() == role);
  }

  private static Rule winner(Explanation explanation) {
    return explanation.rules().stream()
        .filter(part -> part.role() == Role.DECIDES)
        .map(Part::rule)
        .findFirst()
        .orElseThrow();
  }
}
