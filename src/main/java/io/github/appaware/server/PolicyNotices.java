package io.github.appaware.server;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.explain.Warnings;
import io.github.appaware.policy.model.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a run says about its policy, which is good but may not do what its author thinks. */
final class PolicyNotices {
  /** More would hide everything else that the run says. */
  private static final int MOST = 10;

  private PolicyNotices() {}

  static List<String> warnings(Policy policy, Instant now) {
    List<Problem> warnings = Warnings.of(policy, now);
    List<String> notices = new ArrayList<>();
    for (Problem warning : warnings.subList(0, Math.min(MOST, warnings.size()))) {
      notices.add("warning: " + warning.describe());
    }
    if (warnings.size() > MOST) {
      notices.add("and " + (warnings.size() - MOST) + " more warnings about the policy");
    }
    return notices;
  }
}
