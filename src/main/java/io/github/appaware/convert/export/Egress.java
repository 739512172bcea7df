package io.github.appaware.convert.export;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a policy an outer firewall can be about: the rules that let connections and datagrams
 * out, and those that deny some. The others are remarks.
 */
final class Egress {
  private static final Set<RuleKey> PROGRAMS =
      EnumSet.of(
          RuleKey.APP,
          RuleKey.PARENT,
          RuleKey.USER,
          RuleKey.MACHINE,
          RuleKey.GROUP,
          RuleKey.PEER,
          RuleKey.ORIGIN);

  private static final Set<EventKind> INBOUND =
      EnumSet.of(EventKind.BIND, EventKind.LISTEN, EventKind.ACCEPT, EventKind.RECEIVE);

  /** What a tool can say, besides the names that it lets out. */
  enum Ability {
    /** It denies names. */
    DENY_HOSTS,
    /** It denies addresses. */
    DENY_ADDRESSES,
    /** Its rules are for one user. */
    USERS,
    /** Its rules have an order, in which the first counts. */
    PRIORITIES,
    /** It judges listening. */
    LISTENING,
    /** It lets addresses out, not names alone. */
    ADDRESSES
  }

  private final Export export;
  private final Set<Ability> abilities;
  private final List<Rule> allows = new ArrayList<>();
  private final List<Rule> denies = new ArrayList<>();
  private final List<Rule> listens = new ArrayList<>();
  private boolean looksUp;

  private Egress(Export export, Set<Ability> abilities) {
    this.export = export;
    this.abilities = abilities;
  }

  static Egress of(Policy policy, Instant now, Set<Ability> abilities, Export export) {
    Egress egress = new Egress(export, abilities);
    if (policy.unknown() == Action.ALLOW) {
      export.remark(
          Export.Kind.LOST, "the default allows what no rule decides; the list denies it");
    }
    List<Rule> asks = new ArrayList<>();
    for (Rule rule : policy.rules()) {
      if (rule.expires() != null && !now.isBefore(rule.expires())) {
        export.pass(rule, "has expired");
      } else if (egress.isOutbound(rule)) {
        switch (rule.action()) {
          case ALLOW -> egress.allow(rule);
          case DENY -> egress.denies.add(rule);
          case ASK -> asks.add(rule);
        }
      }
    }
    asks.forEach(egress::ask);
    egress.denies.removeIf(rule -> !egress.canDeny(rule));
    egress.allows.forEach(egress::rank);
    return egress;
  }

  private boolean isOutbound(Rule rule) {
    Set<EventKind> events = rule.events();
    boolean out =
        events.isEmpty() || events.contains(EventKind.CONNECT) || events.contains(EventKind.SEND);
    looksUp |=
        rule.action() == Action.ALLOW
            && (events.contains(EventKind.RESOLVE) || (out && !rule.hosts().isEmpty()));
    if (!rule.paths().isEmpty() || rule.protocols().equals(Set.of(Protocol.UNIX))) {
      export.pass(rule, "is about Unix-domain sockets");
    } else if (!out && rule.action() == Action.DENY && events.contains(EventKind.RESOLVE)) {
      export.lose(rule, "it denies look-ups alone; the list is about connections");
    } else if (!out && events.stream().noneMatch(INBOUND::contains)) {
      export.pass(rule, "is about look-ups alone");
    } else if (!out && abilities.contains(Ability.LISTENING) && rule.action() == Action.ALLOW) {
      listens.add(rule);
    } else if (!out) {
      export.pass(rule, "is about listening and peers");
    } else if (!rule.through().isEmpty()) {
      export.pass(rule, "is about what a proxy is asked for; the tool sees the proxy alone");
    } else if (!rule.hostLists().isEmpty()) {
      export.lose(rule, "the names of a host list are not exported");
    } else if (rule.ports().equals(List.of(PortRange.EPHEMERAL))) {
      export.lose(rule, "the ports that the system chooses are no list");
    } else {
      return true;
    }
    return false;
  }

  private void allow(Rule rule) {
    String limits = limits(rule);
    if (!limits.isEmpty()) {
      export.differ(rule, "it holds for every program and library there, not only by " + limits);
    }
    if (rule.expires() != null) {
      export.differ(rule, "it does not expire there");
    }
    allows.add(rule);
  }

  /** The keys that limit a rule to programs and libraries, which the tool does not know. */
  private String limits(Rule rule) {
    return PROGRAMS.stream()
        .filter(key -> rule.has(key) && !(key == RuleKey.USER && hasUser(rule)))
        .map(key -> "`" + key.label() + "`")
        .collect(Collectors.joining(", "));
  }

  /** Whether the tool can limit the rule to its user. */
  boolean hasUser(Rule rule) {
    return abilities.contains(Ability.USERS)
        && rule.users().size() == 1
        && rule.users().get(0).toString().matches("[A-Za-z0-9._-]+");
  }

  /** Without a person who can be asked, that is a denial, which an allowance may not outrank. */
  private void ask(Rule rule) {
    for (Rule allow : allows) {
      if (rule.priority() > allow.priority() && Overlap.of(rule, allow)) {
        export.lose(
            rule, "it asks before rule " + named(allow) + " allows; the list allows at once");
        return;
      }
    }
    export.lose(rule, "it asks a person; the list denies");
  }

  private boolean canDeny(Rule rule) {
    if (allows.stream().noneMatch(allow -> isListed(allow) && Overlap.of(rule, allow))) {
      export.pass(rule, "denies what the list does not allow");
      return false;
    }
    String limits = limits(rule);
    boolean hosts = !rule.hosts().isEmpty();
    boolean addresses = !rule.addresses().isEmpty();
    if (!limits.isEmpty()) {
      export.lose(rule, "it denies by " + limits + " alone, which the tool does not know");
    } else if (hosts && !addresses && abilities.contains(Ability.DENY_HOSTS)) {
      return true;
    } else if (addresses && !hosts && abilities.contains(Ability.DENY_ADDRESSES)) {
      return true;
    } else if (abilities.contains(Ability.PRIORITIES)) {
      return true;
    } else if (hosts && !addresses) {
      return denyByOmission(rule);
    } else if (addresses) {
      export.lose(rule, "it denies addresses, whatever their names; the tool can't");
    } else {
      export.lose(rule, "it denies without a host or an address; the tool can't");
    }
    return false;
  }

  private boolean isListed(Rule allow) {
    return !allow.hosts().isEmpty() || abilities.contains(Ability.ADDRESSES);
  }

  /** Names that are not in the list are denied: those that this rule denies are taken out of it. */
  private boolean denyByOmission(Rule deny) {
    for (Rule allow : allows.stream().filter(this::isListed).toList()) {
      boolean outranked = deny.priority() >= allow.priority();
      boolean whole =
          allow.hosts().stream()
              .allMatch(host -> isOmitted(host, deny, allow) || isApart(host, deny));
      if (outranked && Overlap.of(deny, allow) && (allow.hosts().isEmpty() || !whole)) {
        export.lose(
            deny, "it denies a part of what rule " + named(allow) + " allows; the tool can't");
        return false;
      }
    }
    return true;
  }

  private static boolean isApart(HostPattern host, Rule deny) {
    return deny.hosts().stream().noneMatch(each -> Overlap.of(each, host));
  }

  private static boolean isOmitted(HostPattern host, Rule deny, Rule allow) {
    return deny.priority() >= allow.priority()
        && Overlap.coversPorts(deny.ports(), allow.ports())
        && (deny.protocols().isEmpty()
            || (!allow.protocols().isEmpty() && deny.protocols().containsAll(allow.protocols())))
        && (deny.events().isEmpty()
            || deny.events().containsAll(Set.of(EventKind.CONNECT, EventKind.SEND)))
        && deny.hosts().stream().anyMatch(each -> Overlap.covers(each, host));
  }

  /** The host patterns of a rule that no rule denies as a whole. */
  List<HostPattern> hosts(Rule allow) {
    return allow.hosts().stream()
        .filter(
            host ->
                denies.stream()
                    .noneMatch(deny -> deny.addresses().isEmpty() && isOmitted(host, deny, allow)))
        .toList();
  }

  /** Where a tool has no priorities, its denials come first. */
  private void rank(Rule allow) {
    if (!abilities.contains(Ability.PRIORITIES)) {
      denies.stream()
          .filter(deny -> deny.priority() < allow.priority() && Overlap.of(deny, allow))
          .findFirst()
          .ifPresent(deny -> export.differ(allow, "rule " + named(deny) + " denies first there"));
    }
  }

  private static String named(Rule rule) {
    return rule.id().isEmpty() ? rule.at() : "`" + rule.id() + "`";
  }

  /** Rules that let something out, in the order of the policy. */
  List<Rule> allows() {
    return allows;
  }

  /** Rules that deny a part of it, for tools that can. */
  List<Rule> denies() {
    return denies;
  }

  /** Rules that let programs listen, for tools that judge it. */
  List<Rule> listens() {
    return listens;
  }

  /** Whether names are looked up. */
  boolean looksUp() {
    return looksUp;
  }
}
