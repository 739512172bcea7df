package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Tunnel;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Rule;
import java.time.Clock;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A denial of a name holds for the shorter names from which the system's resolver may make it:
 * {@code telemetry} may be {@code telemetry.vendor.example}. Only rules that deny and name hosts
 * are looked at: whether the resolver did append a domain is not known, so a rule that allows a
 * name never allows a shorter one. Safe for all threads.
 */
final class ExpandedNames {
  private final ActivePolicy activePolicy;
  private final LongFunction<List<String>> domains;
  private final Clock clock;

  /**
   * For one server.
   *
   * @param domains of a process, by its number
   */
  ExpandedNames(ActivePolicy activePolicy, LongFunction<List<String>> domains, Clock clock) {
    this.activePolicy = activePolicy;
    this.domains = domains;
    this.clock = clock;
  }

  /** The verdict on the names as the application gave them, or a denial of a longer one. */
  PolicyVerdict decide(PolicyVerdict asGiven, Application app, Event event, Origin origin) {
    boolean denied = !asGiven.isOpen() && !asGiven.verdict().allowed();
    List<String> names = denied ? List.of() : names(event);
    if (names.isEmpty()) {
      return asGiven;
    }
    Verdict.Reuse reuse = asGiven.reuse();
    for (String domain : domains.apply(app.pid())) {
      for (String name : names) {
        Event longer = named(event, name + "." + domain);
        PolicyVerdict one = activePolicy.decide(app, longer, origin);
        reuse = VerdictReuse.both(reuse, one.reuse());
        if (one.verdict().reason().kind() == Reason.Kind.RULE
            && !one.verdict().allowed()
            && outweighs(longer, event, app, origin)) {
          return one;
        }
      }
    }
    Verdict given = asGiven.verdict();
    Verdict.Reuse told = given.reuse() == Verdict.Reuse.NOTHING ? given.reuse() : reuse;
    return new PolicyVerdict(
        new Verdict(given.allowed(), given.reason(), told, given.epoch()), asGiven.isOpen(), reuse);
  }

  /** Whether the rule that denies is about names, and the other one has no higher priority. */
  private boolean outweighs(Event longer, Event given, Application app, Origin origin) {
    Rule deny = activePolicy.policy().deciding(app, longer, origin, clock.instant());
    if (deny == null
        || deny.action() != Action.DENY
        || (deny.hosts().isEmpty() && deny.hostLists().isEmpty())) {
      return false;
    }
    Rule other = activePolicy.policy().deciding(app, given, origin, clock.instant());
    return other == null || other.priority() <= deny.priority();
  }

  private static List<String> names(Event event) {
    if (event instanceof Event.Resolve resolve && resolve.host() != null) {
      return List.of(resolve.host());
    }
    if (event instanceof Tunnel tunnel) {
      return tunnel.host() == null ? tunnel.names() : List.of(tunnel.host());
    }
    if (!(event instanceof Event.Inet inet)) {
      return List.of();
    }
    return inet.host() == null ? inet.names() : List.of(inet.host());
  }

  private static Event named(Event event, String name) {
    if (event instanceof Tunnel tunnel) {
      return tunnel.host() == null ? tunnel.withNames(List.of(name)) : tunnel.withHost(name);
    }
    if (!(event instanceof Event.Inet inet)) {
      return new Event.Resolve(name, null);
    }
    return inet.host() == null ? inet.withNames(List.of(name)) : inet.withHost(name);
  }
}
