package io.github.appaware.policy.explain;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import java.util.List;

/**
 * Why a policy decides about one event as it does.
 *
 * @param decision what {@link Policy#decide} says
 * @param rules every rule and its part in that, in the order of the files, then of their lines
 */
public record Explanation(Decision decision, List<Part> rules) {
  /**
   * One rule's part.
   *
   * @param rule the rule
   * @param role what became of it
   * @param key the key because of which it does not match; null if it matches
   */
  public record Part(Rule rule, Role role, RuleKey key) {}

  /** What became of a rule. */
  public enum Role {
    /** It decides. At most one does. */
    DECIDES,
    /** It matches, but one of higher priority does, too. */
    OUTRANKED,
    /** It matches, but one of the same priority and a stronger action does, too. */
    BEATEN,
    /** It matches and says the same, but the one that decides stands before it. */
    AGREES,
    /** It does not match. */
    DIFFERS
  }

  public Explanation {
    rules = List.copyOf(rules);
  }
}
