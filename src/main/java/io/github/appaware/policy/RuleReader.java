package io.github.appaware.policy;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one {@code [[rule]]}. */
final class RuleReader {
  static final List<String> KEYS =
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
  static void read(Section section, Draft draft, SourceFiles files) {
    section.expectOnly(KEYS);
    section.require("action", "write `action = \"allow\"`, `\"deny\"` or `\"ask\"`");
    Optional<Value<String>> id = section.parsed("id", Id::parse);
    id.ifPresent(draft::claimRule);
    List<Value<String>> apps = section.each("app", Id::parse);
    apps.forEach(draft::useApp);
    List<Value<String>> groups = section.each("group", Id::parse);
    groups.forEach(draft::useGroup);
    List<Value<EventKind>> events = section.each("event", Choices::event);
    List<Value<Protocol>> protocols = section.each("protocol", Choices::protocol);
    List<Value<OriginPattern>> origins = section.each("origin", OriginPattern::parse);
    origins.forEach(draft::useOrigin);
    draft.add(
        new Rule(
            id.map(Value::value).orElse(""),
            section.parsed("action", Choices::action).map(Value::value).orElse(Action.DENY),
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
            section.string("note").map(Value::value).orElse(""),
            section.at().file(),
            section.at().line(),
            section.at().column()));
    Contradictions.find(
        section, understood(section, "event", events), understood(section, "protocol", protocols));
  }

  /** Nothing can be concluded from a list of which a part was not understood. */
  private static <T> Set<T> understood(Section section, String key, List<Value<T>> good) {
    return good.size() == section.count(key) ? Set.copyOf(values(good)) : Set.of();
  }

  static <T> List<T> values(List<Value<T>> values) {
    return values.stream().map(Value::value).distinct().toList();
  }

  private static Instant expires(Section section) {
    return section.time("expires").map(time -> time.value().toInstant()).orElse(null);
  }

  private static int priority(Section section) {
    long priority = section.integer("priority").map(Value::value).orElse(0L);
    if (priority < -PRIORITY_LIMIT || priority > PRIORITY_LIMIT) {
      section.problem(
          section.at("priority"), "`priority` must be from -1000 to 1000, not " + priority, "");
      return 0;
    }
    return (int) priority;
  }
}
