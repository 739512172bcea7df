package io.github.appaware.policy.engine;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.NormalForm;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides, in a time that does not grow with the number of rules: rules are ranked once, by
 * priority, then action, then place, so the decision is that of the first one that matches, and
 * indexes find that one. Immutable and safe for use by any number of threads.
 */
final class Engine {
  private static final Comparator<Rule> STRONGEST_FIRST =
      Comparator.comparingInt(Rule::priority)
          .reversed()
          .thenComparing(Rule::action, (a, b) -> a == b ? 0 : a.beats(b) ? -1 : 1);

  private final CompiledRule[] compiledRules;
  private final GroupMemberships memberships;
  private final Indexes lookUps;
  private final Indexes others;
  private final Reason unknownReason;
  private final Action unknown;

  /** The last decision of each rule, and at the end that of the default; made when first needed. */
  private final Decision[] decisions;

  /**
   * What finds the first rule that matches.
   *
   * @param all every rule
   * @param caused the rules with {@code origin}, to be found whatever the origin is
   * @param ported the rules with {@code port}, to be found whatever port and origin are
   * @param peered the rules with {@code peer}, to be found whatever peer and origin are
   */
  private record Indexes(Node all, Node caused, Node ported, Node peered) {
    static Indexes of(CompiledRule[] compiledRules, boolean lookUps, List<Split> splits) {
      int shapes = lookUps ? EventShape.FORWARD : ~EventShape.FORWARD;
      List<Split> noOrigin =
          splits.stream().filter(split -> !(split instanceof OriginSplit)).toList();
      List<Split> noPort =
          noOrigin.stream()
              .filter(split -> !(split instanceof PortSplit ports) || ports.isLocal())
              .toList();
      return new Indexes(
          index(compiledRules, splits, one -> (one.shapes() & shapes) != 0),
          index(
              compiledRules,
              noOrigin,
              one -> (one.shapes() & shapes) != 0 && !one.rule().origins().isEmpty()),
          index(
              compiledRules,
              noPort,
              one -> (one.shapes() & EventShape.INCOMING) != 0 && !one.rule().ports().isEmpty()),
          index(
              compiledRules,
              noOrigin,
              one -> (one.shapes() & shapes) != 0 && !one.rule().peers().isEmpty()));
    }

    private static Node index(
        CompiledRule[] compiledRules, List<Split> splits, Predicate<CompiledRule> wanted) {
      return IndexBuilder.build(compiledRules, IndexBuilder.where(compiledRules, wanted), splits);
    }
  }

  Engine(List<Rule> rules, HostLists lists, Action unknown, String unknownAt) {
    // The sort is stable: among equals the first in the files stays the first.
    this.compiledRules =
        rules.stream().sorted(STRONGEST_FIRST).map(CompiledRule::new).toArray(CompiledRule[]::new);
    this.memberships = new GroupMemberships(rules);
    this.lookUps = Indexes.of(compiledRules, true, Split.ofLookUps(lists));
    this.others = Indexes.of(compiledRules, false, Split.ofOthers(lists));
    this.unknown = unknown;
    this.unknownReason = new Reason(Reason.Kind.DEFAULT, "", unknownAt);
    this.decisions = new Decision[compiledRules.length + 1];
  }

  Decision decide(Application app, Event event, Origin origin, Instant now) {
    Query query = new Query(app, memberships.of(app), NormalForm.of(event), origin, now);
    Indexes indexes = query.shape == EventShape.FORWARD ? lookUps : others;
    int none = compiledRules.length;
    int winner = indexes.all.first(query, none);
    // Up to the winner, not beyond: what it outranks could change nothing.
    int limit = Math.min(winner + 1, none);
    if (query.peer != null && dependsOnPeer(query, indexes, limit)) {
      return decision(winner, Verdict.Reuse.NOTHING); // the next time another process may listen
    }
    query.takeAny(false, true);
    boolean onOrigin = indexes.caused.first(query, limit) < limit;
    boolean anyPort = false;
    if ((query.shape & EventShape.INCOMING) != 0) {
      query.takeAny(true, true);
      anyPort = indexes.ported.first(query, limit) == limit;
    }
    return decision(winner, reuse(onOrigin, anyPort));
  }

  private static boolean dependsOnPeer(Query query, Indexes indexes, int limit) {
    query.takeAnyPeer();
    boolean depends = indexes.peered.first(query, limit) < limit;
    query.takeOwnPeer();
    return depends;
  }

  /** The rule that decides, or null. */
  Rule deciding(Application app, Event event, Origin origin, Instant now) {
    Query query = new Query(app, memberships.of(app), NormalForm.of(event), origin, now);
    Indexes indexes = query.shape == EventShape.FORWARD ? lookUps : others;
    int winner = indexes.all.first(query, compiledRules.length);
    return winner == compiledRules.length ? null : compiledRules[winner].rule();
  }

  private static Verdict.Reuse reuse(boolean onOrigin, boolean anyPort) {
    if (onOrigin) {
      return anyPort ? Verdict.Reuse.PEER_FROM_ORIGIN : Verdict.Reuse.ENDPOINT_FROM_ORIGIN;
    }
    return anyPort ? Verdict.Reuse.PEER : Verdict.Reuse.ENDPOINT;
  }

  /** Several threads may create the same decision at once, which is harmless: it is immutable. */
  private Decision decision(int winner, Verdict.Reuse reuse) {
    Decision last = decisions[winner];
    if (last == null || last.reuse() != reuse) {
      last = decision(winner).withReuse(reuse);
      decisions[winner] = last;
    }
    return last;
  }

  private Decision decision(int winner) {
    if (winner == compiledRules.length) {
      return new Decision(unknown, unknownReason, Verdict.Reuse.NOTHING);
    }
    Rule rule = compiledRules[winner].rule();
    return new Decision(
        rule.action(), new Reason(Reason.Kind.RULE, rule.id(), rule.at()), Verdict.Reuse.NOTHING);
  }
}
