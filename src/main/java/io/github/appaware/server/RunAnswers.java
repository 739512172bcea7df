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
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.read.PolicyReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers in force for one run: for each of its applications a small policy, which decides
 * where the policy itself says ask. Safe for all threads.
 */
final class RunAnswers {
  /** Answers for one application; a person gives no more. */
  private static final int MAX = 1_000;

  private record RunAnswer(PolicyEntry rule, String user) {}

  private record AnswerPolicy(List<RunAnswer> answers, Policy policy) {
    static AnswerPolicy of(List<RunAnswer> answers) throws AnswerException {
      return new AnswerPolicy(
          List.copyOf(answers), compile(answers.stream().map(RunAnswer::rule).toList()));
    }
  }

  private final Map<ApplicationKey, AnswerPolicy> kept = new HashMap<>();
  private String deniedBy;

  /** Keeps rules for the application. */
  synchronized void add(Application app, List<PolicyEntry> rules, String user)
      throws AnswerException {
    ApplicationKey key = ApplicationKey.of(app);
    AnswerPolicy before = kept.get(key);
    List<RunAnswer> answers = new ArrayList<>(before == null ? List.of() : before.answers);
    rules.forEach(rule -> answers.add(new RunAnswer(rule, user)));
    if (answers.size() > MAX) {
      throw new AnswerException("the run has " + MAX + " answers already");
    }
    kept.put(key, AnswerPolicy.of(answers));
  }

  /** Removes rules that are in the policy by now. */
  synchronized void remove(Application app, List<PolicyEntry> rules) throws AnswerException {
    ApplicationKey key = ApplicationKey.of(app);
    AnswerPolicy before = kept.get(key);
    if (before != null) {
      kept.put(
          key,
          AnswerPolicy.of(
              before.answers.stream().filter(each -> !rules.contains(each.rule)).toList()));
    }
  }

  /** Denies whatever the policy says ask about from now on. */
  synchronized void denyRest(String user) {
    deniedBy = user;
  }

  /** What the answers decide; empty when none is about the event. */
  synchronized Optional<Decision> decide(Application app, Event event, Origin origin, Instant now) {
    if (deniedBy != null) {
      return Optional.of(new Decision(Action.DENY, answerOf(deniedBy), Verdict.Reuse.ENDPOINT));
    }
    AnswerPolicy of = kept.get(ApplicationKey.of(app));
    return of == null
        ? Optional.empty()
        : decide(of.policy, app, event, origin, now)
            .map(
                decision -> {
                  String user = of.answers.get(number(decision.reason())).user;
                  return new Decision(decision.action(), answerOf(user), decision.reuse());
                });
  }

  /** Whether the answer that allows the event names the process at the other end. */
  synchronized boolean namesPeer(Application app, Event event, Origin origin, Instant now) {
    AnswerPolicy of = kept.get(ApplicationKey.of(app));
    Rule rule = of == null ? null : of.policy.deciding(app, event, origin, now);
    return rule != null && rule.action() == Action.ALLOW && rule.has(RuleKey.PEER);
  }

  private static Reason answerOf(String user) {
    return new Reason(Reason.Kind.ANSWER, "", user);
  }

  /** What a policy of answers decides, and by which rule; empty when none is about the event. */
  static Optional<Decision> decide(
      Policy answers, Application app, Event event, Origin origin, Instant now) {
    Decision decision = answers.decide(app, event, origin, now);
    if (decision.reason().kind() != Reason.Kind.RULE) {
      return Optional.empty();
    }
    // Unlike rules of the policy itself, they are not watched for their expiry.
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
