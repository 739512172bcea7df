package io.github.appaware.policy.explain;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether one rule matches one event: the plain reading of the rule, key by key, to explain
 * decisions. The engine must come to the same result; a test compares the two.
 */
public final class RuleEvaluation {
  private RuleEvaluation() {}

  /**
   * The first key because of which the rule does not match; empty if it matches. It is {@code port}
   * only if all other keys but {@code peer} and {@code origin} match, and {@code origin} only if
   * all others do.
   *
   * @param event with its names in normal form
   */
  public static Optional<RuleKey> mismatch(
      Rule rule, Application app, Event event, Origin origin, Instant now) {
    RuleKey key = application(rule, app, now);
    if (key == null && !rule.events().isEmpty() && !rule.events().contains(event.kind())) {
      key = RuleKey.EVENT;
    }
    if (key == null) {
      key = EndpointEvaluation.mismatch(rule, app, event);
    }
    if (key == null && !isReached(rule, event)) {
      key = RuleKey.PEER;
    }
    if (key == null
        && !rule.origins().isEmpty()
        && rule.origins().stream().noneMatch(pattern -> pattern.matches(origin))) {
      key = RuleKey.ORIGIN;
    }
    return Optional.ofNullable(key);
  }

  /**
   * Whether the process at the other end is one that the rule names. Only what reaches for a
   * listening process has one; the look-up before it is judged by the other keys.
   */
  private static boolean isReached(Rule rule, Event event) {
    boolean isLookUp = event instanceof Event.Resolve resolve && resolve.host() != null;
    return rule.peers().isEmpty()
        || isLookUp
        || ((event.kind() == EventKind.CONNECT || event.kind() == EventKind.SEND)
            && rule.peers().stream()
                .anyMatch(pattern -> pattern.matches(event.peer(), rule.action())));
  }

  /** Whether the rule matches; {@code event} has its names in normal form. */
  public static boolean matches(
      Rule rule, Application app, Event event, Origin origin, Instant now) {
    return mismatch(rule, app, event, origin, now).isEmpty();
  }

  /** The first key that excludes the application or the time, or null. */
  private static RuleKey application(Rule rule, Application app, Instant now) {
    if (rule.expires() != null && !now.isBefore(rule.expires())) {
      return RuleKey.EXPIRES;
    }
    if (!rule.apps().isEmpty() && !rule.apps().contains(app.id())) {
      return RuleKey.APP;
    }
    if (!isKnownTo(rule.parents(), app.parent())) {
      return RuleKey.PARENT;
    }
    if (!isKnownTo(rule.users(), app.user())) {
      return RuleKey.USER;
    }
    if (!isKnownTo(rule.machines(), Glob.normalMachine(app.machine()))) {
      return RuleKey.MACHINE;
    }
    boolean grouped = rule.groups().stream().anyMatch(group -> group.has(app));
    return rule.groups().isEmpty() || grouped ? null : RuleKey.GROUP;
  }

  /** No pattern matches a name that is unknown or does not exist. */
  private static boolean isKnownTo(List<Glob> globs, String name) {
    return globs.isEmpty()
        || (!name.isEmpty() && globs.stream().anyMatch(glob -> glob.matches(name)));
  }
}
