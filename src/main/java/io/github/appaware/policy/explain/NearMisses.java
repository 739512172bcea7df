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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Finds rules that fail to match an event because of one key only, as hints for people. */
public final class NearMisses {
  /**
   * The keys that make up a rule's subject: a rule without one of them would be a different rule.
   */
  private static final Set<RuleKey> ABOUT =
      EnumSet.of(RuleKey.HOST, RuleKey.HOST_LIST, RuleKey.ADDRESS, RuleKey.PATH);

  private NearMisses() {}

  /**
   * One line each: {@code rule "central" (p.toml:12) says allow, but `port` is 443}.
   *
   * @param most the greatest number of lines
   */
  public static List<String> of(
      Policy policy, Application app, Event event, Origin origin, Instant now, int most) {
    List<String> lines = new ArrayList<>();
    Event normal = NormalForm.of(event);
    for (Rule rule : policy.rules()) {
      if (lines.size() == most) {
        break;
      }
      RuleKey key = RuleEvaluation.mismatch(rule, app, normal, origin, now).orElse(null);
      if (key != null
          && !ABOUT.contains(key)
          && isAbout(rule)
          && RuleEvaluation.matches(rule.without(key), app, normal, origin, now)) {
        lines.add(line(rule, key));
      }
    }
    return lines;
  }

  /** A rule without a subject nearly matches every event. */
  private static boolean isAbout(Rule rule) {
    return rule.has(RuleKey.ORIGIN) || ABOUT.stream().anyMatch(rule::has);
  }

  private static String line(Rule rule, RuleKey key) {
    String named = rule.id().isEmpty() ? "a rule" : "rule \"" + rule.id() + "\"";
    String at = " (" + rule.file() + ":" + rule.line() + ")";
    return named
        + at
        + " says "
        + rule.action().label()
        + ", but "
        + RuleDifference.words(rule, key);
  }
}
