package io.github.appaware.policy.model;

import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;

/**
 * What a policy says about one event.
 *
 * @param action what is to be done
 * @param reason the rule, or the default, that says so, and where it stands
 * @param reuse what the decision depended on, and so for which other events it holds
 */
public record Decision(Action action, Reason reason, Verdict.Reuse reuse) {
  public Decision withReuse(Verdict.Reuse other) {
    return new Decision(action, reason, other);
  }
}
