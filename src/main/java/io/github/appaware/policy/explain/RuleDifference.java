package io.github.appaware.policy.explain;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import java.util.Collection;
import java.util.stream.Collectors;

/** Says why a rule does not match. */
public final class RuleDifference {
  /** The number of values of a key that are shown; all are in the file. */
  private static final int MOST_VALUES = 6;

  private RuleDifference() {}

  /** {@code `port` is 443, 8000-8099}: the rule's values of the key that the event differs in. */
  public static String words(Rule rule, RuleKey key) {
    if (key == RuleKey.EXPIRES) {
      return "expired at " + rule.expires();
    }
    Collection<?> values = rule.values(key);
    if (values.isEmpty()) {
      return "is not about such events";
    }
    String shown =
        values.stream()
            .limit(MOST_VALUES)
            .map(RuleDifference::text)
            .collect(Collectors.joining(", "));
    return "`" + key.label() + "` is " + shown + (values.size() > MOST_VALUES ? ", ..." : "");
  }

  private static String text(Object value) {
    if (value instanceof EventKind kind) {
      return kind.label();
    }
    return value instanceof Protocol protocol ? protocol.label() : value.toString();
  }
}
