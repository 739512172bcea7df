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
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one {@code [[rule]]}. */
public final class RuleReader {
  public static final List<String> KEYS =
      List.of(
          "id",
          "action",
          "app",
          "parent",
          "user",
          "machine",
          "group",
          "event",
          "host",
          "host-list",
          "address",
          "port",
          "local-port",
          "protocol",
          "path",
          "origin",
          "priority",
          "expires",
          "note");

  private static final int PRIORITY_LIMIT = 1000;

  private RuleReader() {}

  /**
   * Adds the rule to the draft, with gaps where it has problems: such a draft is never finished.
   */
  static void read(TableReader section, PolicyBuilder builder, SourceFiles files) {
    section.expectOnly(KEYS);
    section.require("action", "write `action = \"allow\"`, `\"deny\"` or `\"ask\"`");
    Optional<Located<String>> id = section.parsed("id", Id::parse);
    id.ifPresent(builder::claimRule);
    List<Located<String>> apps = section.each("app", Id::parse);
    apps.forEach(builder::useApp);
    List<Located<String>> groups = section.each("group", Id::parse);
    groups.forEach(builder::useGroup);
    List<Located<EventKind>> events = section.each("event", Keywords::event);
    List<Located<Protocol>> protocols = section.each("protocol", Keywords::protocol);
    List<Located<OriginPattern>> origins = section.each("origin", OriginPattern::parse);
    origins.forEach(builder::useOrigin);
    builder.add(
        new Rule(
            id.map(Located::value).orElse(""),
            section.parsed("action", Keywords::action).map(Located::value).orElse(Action.DENY),
            values(apps),
            values(section.each("parent", Glob::plain)),
            values(section.each("user", Glob::plain)),
            values(section.each("machine", Glob::machine)),
            values(groups).stream().map(Group::unknown).toList(),
            Set.copyOf(values(events)),
            values(section.each("host", HostPattern::parse)),
            values(section.each("host-list", text -> files.list(text, section.at().file()))),
            values(section.each("address", AddressPattern::parse)),
            values(section.eachNumber("port", PortRange::parse)),
            values(section.eachNumber("local-port", PortRange::parse)),
            Set.copyOf(values(protocols)),
            values(section.each("path", Glob::path)),
            values(origins),
            priority(section),
            expires(section),
            section.string("note").map(Located::value).orElse(""),
            section.at().file(),
            section.at().line(),
            section.at().column()));
    Contradictions.find(
        section, understood(section, "event", events), understood(section, "protocol", protocols));
  }

  /** Nothing can be concluded from a list of which a part was not understood. */
  private static <T> Set<T> understood(TableReader section, String key, List<Located<T>> good) {
    return good.size() == section.count(key) ? Set.copyOf(values(good)) : Set.of();
  }

  static <T> List<T> values(List<Located<T>> values) {
    return values.stream().map(Located::value).distinct().toList();
  }

  private static Instant expires(TableReader section) {
    return section.time("expires").map(time -> time.value().toInstant()).orElse(null);
  }

  private static int priority(TableReader section) {
    long priority = section.integer("priority").map(Located::value).orElse(0L);
    if (priority < -PRIORITY_LIMIT || priority > PRIORITY_LIMIT) {
      section.problem(
          section.at("priority"), "`priority` must be from -1000 to 1000, not " + priority, "");
      return 0;
    }
    return (int) priority;
  }
}
