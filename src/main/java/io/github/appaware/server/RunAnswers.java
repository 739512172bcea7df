package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.read.PolicyReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers that are good for one run and written nowhere: a small policy for each application of
 * it, asked where the policy itself says ask. Safe for all threads.
 */
final class RunAnswers {
  /** More answers for one application in one run are a program's. */
  private static final int MAX = 1_000;

  private record Given(PolicyEntry rule, String who) {}

  private record Kept(List<Given> answers, Policy policy) {
    static Kept of(List<Given> answers) throws AnswerException {
      return new Kept(List.copyOf(answers), compile(answers.stream().map(Given::rule).toList()));
    }
  }

  private final Map<ApplicationKey, Kept> kept = new HashMap<>();
  private String denier;

  /** Keeps a rule for the application. */
  synchronized void add(Application app, PolicyEntry rule, String who) throws AnswerException {
    ApplicationKey key = ApplicationKey.of(app);
    Kept before = kept.get(key);
    List<Given> answers = new ArrayList<>(before == null ? List.of() : before.answers);
    answers.add(new Given(rule, who));
    if (answers.size() > MAX) {
      throw new AnswerException("the run has " + MAX + " answers already");
    }
    kept.put(key, Kept.of(answers));
  }

  /** The policy says it by now. */
  synchronized void remove(Application app, PolicyEntry rule) throws AnswerException {
    ApplicationKey key = ApplicationKey.of(app);
    Kept before = kept.get(key);
    if (before != null) {
      kept.put(
          key, Kept.of(before.answers.stream().filter(each -> each.rule != rule).toList()));
    }
  }

  /** Denies all that is asked from now on. */
  synchronized void denyRest(String who) {
    denier = who;
  }

  /** What an answer says about the event; empty when none does. */
  synchronized Optional<Decision> decide(Application app, Event event, Origin origin, Instant now) {
    if (denier != null) {
      return Optional.of(new Decision(Action.DENY, answerOf(denier), Verdict.Reuse.ENDPOINT));
    }
    Kept of = kept.get(ApplicationKey.of(app));
    return of == null
        ? Optional.empty()
        : decide(of.policy, app, event, origin, now)
            .map(
                decision -> {
                  String who = of.answers.get(number(decision.reason())).who;
                  return new Decision(decision.action(), answerOf(who), decision.reuse());
                });
  }

  private static Reason answerOf(String who) {
    return new Reason(Reason.Kind.ANSWER, "", who);
  }

  /**
   * What a policy of answers says, by which of its rules; empty when no rule of it is about the
   * event.
   */
  static Optional<Decision> decide(
      Policy answers, Application app, Event event, Origin origin, Instant now) {
    Decision decision = answers.decide(app, event, origin, now);
    if (decision.reason().kind() != Reason.Kind.RULE) {
      return Optional.empty();
    }
    // Nobody watches for their ends, as for those of the policy's own rules.
    boolean ends = answers.rules().stream().anyMatch(rule -> rule.expires() != null);
    return Optional.of(
        ends
            ? new Decision(decision.action(), decision.reason(), Verdict.Reuse.NOTHING)
            : decision);
  }

  /** A policy of these rules alone; the id of each is its number. */
  static Policy compile(List<PolicyEntry> rules) throws AnswerException {
    StringBuilder text = new StringBuilder("version = 1\n");
    try {
      for (int i = 0; i < rules.size(); i++) {
        PolicyEntry numbered = rules.get(i).with(RuleKey.ID, "answer-" + i);
        text.append(String.join("\n", numbered.lines())).append('\n');
      }
      return PolicyReader.parse("answers", text.toString());
    } catch (EditException | PolicyException e) {
      throw new AnswerException("no rule can say that: " + e.getMessage());
    }
  }

  private static int number(Reason reason) {
    return Integer.parseInt(reason.rule().substring("answer-".length()));
  }
}
