package io.github.appaware.server;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.explain.Warnings;
import io.github.appaware.policy.model.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The warnings about a policy, as notices. */
final class PolicyWarnings {
  /** More would hide all other notices. */
  private static final int MAX = 10;

  private PolicyWarnings() {}

  static List<String> of(Policy policy, Instant now) {
    List<Problem> warnings = Warnings.of(policy, now);
    List<String> notices = new ArrayList<>();
    for (Problem warning : warnings.subList(0, Math.min(MAX, warnings.size()))) {
      notices.add("warning: " + warning.describe());
    }
    if (warnings.size() > MAX) {
      notices.add("and " + (warnings.size() - MAX) + " more warnings about the policy");
    }
    return notices;
  }
}
