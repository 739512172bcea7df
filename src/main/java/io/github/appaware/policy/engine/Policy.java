package io.github.appaware.policy.engine;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppMatch;
import io.github.appaware.policy.model.AppRule;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.SourceFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A valid policy. Immutable and safe for use by any number of threads. */
public final class Policy {
  /** The action for events that no rule matches, unless a file sets another: a person is asked. */
  public static final Action UNKNOWN = Action.ASK;

  /** How long a question waits for an answer, unless a file sets another time. */
  public static final Duration ASK_TIMEOUT = Duration.ofSeconds(30);

  /** The first of a run, which may come as a surprise, unless a file sets a time for all. */
  public static final Duration FIRST_ASK_TIMEOUT = Duration.ofMinutes(2);

  private final List<AppRule> apps;
  private final List<Group> groups;
  private final List<Rule> rules;
  private final Action unknown;
  private final Duration askTimeout;
  private final List<Address> nameServers;
  private final List<Problem> warnings;
  private final List<SourceFile> sources;
  private final Engine engine;

  /**
   * A policy of these parts.
   *
   * @param rules in the order of the files, then of their lines; it matters for the reason alone
   * @param unknownAt where the default stands, or empty
   * @param askTimeout null for the defaults
   * @param warnings warnings that hold at any time
   */
  public Policy(
      List<AppRule> apps,
      List<Group> groups,
      List<Rule> rules,
      HostLists lists,
      Action unknown,
      String unknownAt,
      Duration askTimeout,
      List<Address> nameServers,
      List<Problem> warnings,
      List<SourceFile> sources) {
    this.apps = List.copyOf(apps);
    this.groups = List.copyOf(groups);
    this.rules = List.copyOf(rules);
    this.unknown = unknown;
    this.askTimeout = askTimeout;
    this.nameServers = List.copyOf(nameServers);
    this.warnings = List.copyOf(warnings);
    this.sources = List.copyOf(sources);
    this.engine = new Engine(this.rules, lists, unknown, unknownAt);
  }

  /**
   * Decides about an event: of the matching, unexpired rules those with the highest priority count,
   * and among these deny beats allow beats ask.
   *
   * @param app with the id that {@link #match} gave it, and its machine
   * @param origin the code inside the application that caused the event
   * @param now the instant that rules expire against
   */
  public Decision decide(Application app, Event event, Origin origin, Instant now) {
    return engine.decide(app, event, origin, now);
  }

  /** The rule that decides, or null for the default; it wins as {@link #decide} says. */
  public Rule deciding(Application app, Event event, Origin origin, Instant now) {
    return engine.deciding(app, event, origin, now);
  }

  /** Warnings that hold at any time, in the order of the files. */
  public List<Problem> timelessWarnings() {
    return warnings;
  }

  /** All files that it was read from: those that the user named, included ones, host lists. */
  public List<SourceFile> sources() {
    return sources;
  }

  /** Which {@code [[app]]} the application is, by its file name and content. */
  public AppMatch match(Application app) {
    return AppMatcher.match(apps, app);
  }

  /** What happens to an event that no rule matches. */
  public Action unknown() {
    return unknown;
  }

  /** How long a question waits; without an answer in time the event is denied. */
  public Duration askTimeout() {
    return askTimeout == null ? ASK_TIMEOUT : askTimeout;
  }

  /** The same for the first question of a run. */
  public Duration firstAskTimeout() {
    return askTimeout == null ? FIRST_ASK_TIMEOUT : askTimeout;
  }

  /** Name servers whose answers link names to addresses, besides those of the target's system. */
  public List<Address> nameServers() {
    return nameServers;
  }

  /** All rules, in the order of the files, then of their lines. */
  public List<Rule> rules() {
    return rules;
  }

  /** All groups, in the order of the files, then of their lines. */
  public List<Group> groups() {
    return groups;
  }

  /** All applications that have an id, in the order of the files, then of their lines. */
  public List<AppRule> apps() {
    return apps;
  }
}
