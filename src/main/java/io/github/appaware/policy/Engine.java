package io.github.appaware.policy;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import java.time.Instant;
import java.util.List;

/** Decides by reading every rule. */
final class Engine {
  private final List<Rule> rules;
  private final Action unknown;
  private final String unknownAt;

  Engine(List<Rule> rules, Action unknown, String unknownAt) {
    this.rules = rules;
    this.unknown = unknown;
    this.unknownAt = unknownAt;
  }

  Decision decide(Application app, Event given, Origin origin, Instant now) {
    Event event = NormalForm.of(given);
    Rule best = null;
    for (Rule rule : rules) {
      if ((best == null || outranks(rule, best))
          && Evaluation.matches(rule, app, event, origin, now)) {
        best = rule;
      }
    }
    boolean onPort = false;
    boolean onOrigin = false;
    for (Rule rule : rules) {
      if (best == null || !outranks(best, rule)) {
        String key = Evaluation.mismatch(rule, app, event, origin, now);
        boolean matches = key.equals(Evaluation.MATCHES);
        onPort |=
            key.equals("port") || (!rule.ports().isEmpty() && (matches || key.equals("origin")));
        onOrigin |= key.equals("origin") || (!rule.origins().isEmpty() && matches);
      }
    }
    boolean incoming = event.kind() == EventKind.ACCEPT || event.kind() == EventKind.RECEIVE;
    boolean anyPort = incoming && event instanceof Event.Inet && !onPort;
    Verdict.Reuse reuse =
        onOrigin
            ? (anyPort ? Verdict.Reuse.PEER_FROM_ORIGIN : Verdict.Reuse.ENDPOINT_FROM_ORIGIN)
            : (anyPort ? Verdict.Reuse.PEER : Verdict.Reuse.ENDPOINT);
    return best == null
        ? new Decision(unknown, new Reason(Reason.Kind.DEFAULT, "", unknownAt), reuse)
        : new Decision(best.action(), new Reason(Reason.Kind.RULE, best.id(), best.at()), reuse);
  }

  private static boolean outranks(Rule rule, Rule other) {
    return rule.priority() != other.priority()
        ? rule.priority() > other.priority()
        : rule.action().beats(other.action());
  }
}
