package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.Action;
import io.github.appaware.policy.Block;
import io.github.appaware.policy.Decision;
import io.github.appaware.policy.EditException;
import io.github.appaware.policy.Policy;
import io.github.appaware.policy.PolicyException;
import io.github.appaware.policy.PolicyReader;
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
  /** More answers of one person in one run are a program's. */
  private static final int MOST = 10_000;

  /** What an answer is bound to when no id is. */
  private record Identity(String file, String path, String sha256) {}

  private record Kept(List<Block> blocks, Policy policy, String who) {}

  private final Map<Identity, Kept> kept = new HashMap<>();
  private String denier;

  /** Keeps a rule for the application. */
  synchronized void add(Application app, Block rule, String who) throws AnswerException {
    Identity identity = identity(app);
    Kept before = kept.get(identity);
    List<Block> blocks = new ArrayList<>(before == null ? List.of() : before.blocks);
    blocks.add(rule);
    if (blocks.size() > MOST) {
      throw new AnswerException("the run has " + MOST + " answers already");
    }
    kept.put(identity, new Kept(List.copyOf(blocks), compile(blocks), who));
  }

  /** The policy says it by now. */
  synchronized void remove(Application app, Block rule) throws AnswerException {
    Identity identity = identity(app);
    Kept before = kept.get(identity);
    if (before != null) {
      List<Block> blocks = new ArrayList<>(before.blocks);
      blocks.remove(rule);
      kept.put(identity, new Kept(List.copyOf(blocks), compile(blocks), before.who));
    }
  }

  /** Denies all that is asked from now on. */
  synchronized void denyRest(String who) {
    denier = who;
  }

  /** What an answer says about the event; empty when none does. */
  synchronized Optional<Decision> decide(Application app, Event event, Origin origin, Instant now) {
    if (denier != null) {
      Reason rest = new Reason(Reason.Kind.ANSWER, "", denier);
      return Optional.of(new Decision(Action.DENY, rest, Verdict.Reuse.ENDPOINT));
    }
    Kept of = kept.get(identity(app));
    return of == null ? Optional.empty() : decide(of.policy, of.who, app, event, origin, now);
  }

  /** What a policy of answers says; empty when no rule of it is about the event. */
  static Optional<Decision> decide(
      Policy answers, String who, Application app, Event event, Origin origin, Instant now) {
    Decision decision = answers.decide(app, event, origin, now);
    if (decision.reason().kind() != Reason.Kind.RULE) {
      return Optional.empty();
    }
    Reason reason = new Reason(Reason.Kind.ANSWER, "", who);
    return Optional.of(new Decision(decision.action(), reason, decision.reuse()));
  }

  /** A policy of these rules alone. */
  static Policy compile(List<Block> rules) throws AnswerException {
    StringBuilder text = new StringBuilder("version = 1\n");
    try {
      for (Block rule : rules) {
        text.append(String.join("\n", rule.lines())).append('\n');
      }
      return PolicyReader.parse("answers", text.toString());
    } catch (EditException | PolicyException e) {
      throw new AnswerException("no rule can say that: " + e.getMessage());
    }
  }

  private static Identity identity(Application app) {
    return new Identity(app.file(), app.path(), app.sha256());
  }
}
