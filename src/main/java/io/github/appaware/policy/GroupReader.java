package io.github.appaware.policy;

import java.util.List;
import java.util.Optional;

/** Reads one {@code [[group]]}. */
final class GroupReader {
  static final List<String> KEYS = List.of("id", "machine", "user", "app");

  private GroupReader() {}

  /** Adds it to the draft, with gaps where it has problems: such a draft is never finished. */
  static void read(Section section, Draft draft) {
    section.expectOnly(KEYS);
    section.require("id", "give the group an id: `id = \"ci\"`");
    if (!section.has("machine") && !section.has("user") && !section.has("app")) {
      section.problem(
          section.at(),
          "none of `machine`, `user` and `app` says what is in this group",
          "write `machine = \"build-*\"`, or `app` with ids of applications");
    }
    Optional<Value<String>> id = section.parsed("id", Id::parse);
    id.ifPresent(draft::claimGroup);
    List<Value<String>> apps = section.each("app", Id::parse);
    apps.forEach(draft::useApp);
    draft.add(
        new Group(
            id.map(Value::value).orElse(""),
            RuleReader.values(section.each("machine", Glob::machine)),
            RuleReader.values(section.each("user", Glob::plain)),
            RuleReader.values(apps),
            section.at().file(),
            section.at().line()));
  }
}
