package io.github.appaware.policy;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A policy that was read without a problem. Immutable, for any number of threads. */
public final class Policy {
  /** What no rule decides when no file says so: a person is asked. */
  public static final Action UNKNOWN = Action.ASK;

  /** How long a question waits for its answer when no file says so. */
  public static final Duration ASK_TIMEOUT = Duration.ofSeconds(30);

  private final List<AppRule> apps;
  private final List<Rule> rules;
  private final Duration askTimeout;
  private final Decision otherwise;

  /** The decision of the rule with the same index, made once: deciding allocates nothing. */
  private final List<Decision> decisions;

  /**
   * A policy of these parts.
   *
   * @param rules in the order of the files, then of their lines; it matters for the reason alone
   * @param unknownAt where the default stands, or empty
   */
  Policy(
      List<AppRule> apps, List<Rule> rules, Action unknown, String unknownAt, Duration askTimeout) {
    this.apps = List.copyOf(apps);
    this.rules = List.copyOf(rules);
    this.askTimeout = askTimeout;
    this.otherwise =
        new Decision(
            unknown, new Reason(Reason.Kind.DEFAULT, "", unknownAt), Verdict.Reuse.ENDPOINT);
    this.decisions = this.rules.stream().map(Policy::decision).toList();
  }

  private static Decision decision(Rule rule) {
    return new Decision(
        rule.action(), new Reason(Reason.Kind.RULE, rule.id(), rule.at()), Verdict.Reuse.ENDPOINT);
  }

  /**
   * What this policy says: of the matching, unexpired rules those with the highest priority count,
   * and among these deny beats allow beats ask. Reads every rule.
   *
   * @param app with the id that {@link #match} gave it
   * @param origin who inside the application caused the event
   * @param now the instant that rules expire against
   */
  public Decision decide(Application app, Event event, Origin origin, Instant now) {
    Event normal = NormalForm.of(event);
    int best = -1;
    for (int i = 0; i < rules.size(); i++) {
      if ((best < 0 || outranks(rules.get(i), rules.get(best)))
          && Evaluation.matches(rules.get(i), app, normal, now)) {
        best = i;
      }
    }
    return best < 0 ? otherwise : decisions.get(best);
  }

  private static boolean outranks(Rule rule, Rule other) {
    return rule.priority() != other.priority()
        ? rule.priority() > other.priority()
        : rule.action().beats(other.action());
  }

  /** Which {@code [[app]]} the application is, by its file name and content. */
  public AppMatch match(Application app) {
    return AppMatcher.match(apps, app);
  }

  /** What happens to an event that no rule matches. */
  public Action unknown() {
    return otherwise.action();
  }

  /** How long a question waits; without an answer in time the event is denied. */
  public Duration askTimeout() {
    return askTimeout;
  }

  /** All rules, in the order of the files, then of their lines. */
  public List<Rule> rules() {
    return rules;
  }

  /** All applications that have an id, in the order of the files, then of their lines. */
  public List<AppRule> apps() {
    return apps;
  }
}
