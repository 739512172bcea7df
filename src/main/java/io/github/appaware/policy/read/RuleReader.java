package io.github.appaware.policy.read;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.Id;
import io.github.appaware.policy.model.Keywords;
import io.github.appaware.policy.model.OriginPattern;
import io.github.appaware.policy.model.PeerPattern;
import io.github.appaware.policy.model.PolicyKey;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.ProxyPattern;
import io.github.appaware.policy.model.RuleBuilder;
import io.github.appaware.policy.model.RuleKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one {@code [[rule]]}. */
final class RuleReader {
  private static final List<String> KEYS = PolicyKey.labels(RuleKey.values());
  private static final int PRIORITY_LIMIT = 1000;

  private final TableReader table;
  private final PolicyBuilder policy;
  private final SourceFiles files;
  private final RuleBuilder rule;
  private List<Located<EventKind>> events = List.of();
  private List<Located<Protocol>> protocols = List.of();

  private RuleReader(TableReader table, PolicyBuilder policy, SourceFiles files) {
    this.table = table;
    this.policy = policy;
    this.files = files;
    Position at = table.at();
    this.rule = new RuleBuilder(Action.DENY, at.file(), at.line(), at.column());
  }

  /** Adds the rule to the policy, without the values that have problems. */
  static void read(TableReader table, PolicyBuilder policy, SourceFiles files) {
    table.expectOnly(KEYS);
    table.require(RuleKey.ACTION, "write `action = \"allow\"`, `\"deny\"` or `\"ask\"`");
    RuleReader reader = new RuleReader(table, policy, files);
    for (RuleKey key : RuleKey.values()) {
      RuleBuilder unused = reader.read(key);
    }
    policy.add(reader.rule.build());
    Contradictions.find(
        table,
        reader.understood(RuleKey.EVENT, reader.events),
        reader.understood(RuleKey.PROTOCOL, reader.protocols));
  }

  private RuleBuilder read(RuleKey key) {
    return switch (key) {
      case ID -> rule.id(id());
      case ACTION ->
          rule.action(table.parsed(key, Keywords::action).map(Located::value).orElse(Action.DENY));
      case APP -> rule.apps(apps());
      case PARENT -> rule.parents(Located.values(table.each(key, Glob::plain)));
      case USER -> rule.users(Located.values(table.each(key, Glob::plain)));
      case MACHINE -> rule.machines(Located.values(table.each(key, Glob::machine)));
      case GROUP -> rule.groups(groups());
      case EVENT -> {
        events = table.each(key, Keywords::event);
        yield rule.events(Set.copyOf(Located.values(events)));
      }
      case HOST -> rule.hosts(Located.values(table.each(key, HostPattern::parse)));
      case HOST_LIST ->
          rule.hostLists(
              Located.values(table.each(key, text -> files.list(text, table.at().file()))));
      case ADDRESS -> rule.addresses(Located.values(table.each(key, AddressPattern::parse)));
      case PORT -> rule.ports(Located.values(table.eachNumber(key, PortRange::parse)));
      case LOCAL_PORT -> rule.localPorts(Located.values(table.eachNumber(key, PortRange::parse)));
      case PROTOCOL -> {
        protocols = table.each(key, Keywords::protocol);
        yield rule.protocols(Set.copyOf(Located.values(protocols)));
      }
      case PATH -> rule.paths(Located.values(table.each(key, Glob::path)));
      case PEER -> rule.peers(Located.values(table.each(key, PeerPattern::parse)));
      case THROUGH -> rule.through(Located.values(table.each(key, ProxyPattern::parse)));
      case ORIGIN -> rule.origins(origins());
      case PRIORITY -> rule.priority(priority());
      case EXPIRES ->
          rule.expires(table.time(key).map(time -> time.value().toInstant()).orElse(null));
      case NOTE -> rule.note(table.string(key).map(Located::value).orElse(""));
    };
  }

  private String id() {
    Optional<Located<String>> id = table.parsed(RuleKey.ID, Id::parse);
    id.ifPresent(policy::claimRule);
    return id.map(Located::value).orElse("");
  }

  private List<String> apps() {
    List<Located<String>> apps = table.each(RuleKey.APP, Id::parse);
    apps.forEach(policy::useApp);
    return Located.values(apps);
  }

  /** Ids only: their groups may stand in files that are not read yet. */
  private List<Group> groups() {
    List<Located<String>> groups = table.each(RuleKey.GROUP, Id::parse);
    groups.forEach(policy::useGroup);
    return Located.values(groups).stream().map(Group::unknown).toList();
  }

  private List<OriginPattern> origins() {
    List<Located<OriginPattern>> origins = table.each(RuleKey.ORIGIN, OriginPattern::parse);
    origins.forEach(policy::useOrigin);
    return Located.values(origins);
  }

  private int priority() {
    long priority = table.integer(RuleKey.PRIORITY).map(Located::value).orElse(0L);
    if (priority < -PRIORITY_LIMIT || priority > PRIORITY_LIMIT) {
      table.problem(
          table.at(RuleKey.PRIORITY), "`priority` must be from -1000 to 1000, not " + priority, "");
      return 0;
    }
    return (int) priority;
  }

  /** The values of a key; none where one has a problem, as nothing follows from the others. */
  private <T> Set<T> understood(RuleKey key, List<Located<T>> values) {
    return values.size() == table.count(key) ? Set.copyOf(Located.values(values)) : Set.of();
  }
}
