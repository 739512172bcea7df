package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.RuleKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Limits the rules of an answer to the application that asked: by its id, and if it is a file that
 * the run made for itself, by what stays the same about it.
 *
 * @param id of the application in the policy
 * @param block the entry that gives it the id; empty when the policy has one
 * @param throwAway null for an application that is the same file in the next run
 */
record AnsweredApp(String id, Optional<PolicyEntry> block, ThrowAwayFile throwAway) {
  /**
   * Of an application.
   *
   * @param began when its run began
   * @param others ids that a new entry must not have either
   * @throws AnswerException when nothing tells it from others
   */
  static AnsweredApp of(Application app, Instant began, Policy policy, Set<String> others)
      throws AnswerException {
    ThrowAwayFile throwAway = ThrowAwayFile.of(app, began);
    String id = policy.match(app).id();
    if (!id.isEmpty()) {
      return new AnsweredApp(id, Optional.empty(), throwAway);
    }
    PolicyEntry block =
        throwAway == null
            ? AppBlocks.of(app, policy, others)
            : AppBlocks.ofThrowAway(throwAway, policy, others);
    return new AnsweredApp(block.text(AppKey.ID), Optional.of(block), throwAway);
  }

  /** The rule for this application alone. */
  PolicyEntry limit(PolicyEntry rule, Origin origin) {
    PolicyEntry own = rule.with(RuleKey.APP, id);
    if (throwAway == null) {
      return own;
    }
    own = own.with(RuleKey.PARENT, throwAway.parent());
    Optional<String> code =
        own.has(RuleKey.ORIGIN)
            ? Optional.empty()
            : AnswerScopes.origin(origin).filter(AnsweredApp::isLasting);
    return code.isPresent() ? own.with(RuleKey.ORIGIN, code.get()) : own;
  }

  /** Of code in a file that is made anew, neither the name nor the hash comes again. */
  private static boolean isLasting(String origin) {
    return origin.startsWith("maven:") || origin.startsWith("package:");
  }
}
