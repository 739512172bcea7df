package io.github.appaware.policy.model;

import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;

/**
 * A policy's decision about one event.
 *
 * @param action allow, deny or ask
 * @param reason the rule or the default that decided, with its position
 * @param reuse what the decision depended on, and so for which other events it holds
 */
public record Decision(Action action, Reason reason, Verdict.Reuse reuse) {
  public Decision withReuse(Verdict.Reuse other) {
    return new Decision(action, reason, other);
  }
}
