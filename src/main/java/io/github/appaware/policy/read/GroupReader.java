package io.github.appaware.policy.read;

import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.Id;
import java.util.List;
import java.util.Optional;

/** Reads one {@code [[group]]}. */
final class GroupReader {
  static final List<String> KEYS = List.of("id", "machine", "user", "app");

  private GroupReader() {}

  /** Adds it to the draft, with gaps where it has problems: such a draft is never finished. */
  static void read(TableReader section, PolicyBuilder builder) {
    section.expectOnly(KEYS);
    section.require("id", "give the group an id: `id = \"ci\"`");
    if (!section.has("machine") && !section.has("user") && !section.has("app")) {
      section.problem(
          section.at(),
          "none of `machine`, `user` and `app` says what is in this group",
          "write `machine = \"build-*\"`, or `app` with ids of applications");
    }
    Optional<Located<String>> id = section.parsed("id", Id::parse);
    id.ifPresent(builder::claimGroup);
    List<Located<String>> apps = section.each("app", Id::parse);
    apps.forEach(builder::useApp);
    builder.add(
        new Group(
            id.map(Located::value).orElse(""),
            RuleReader.values(section.each("machine", Glob::machine)),
            RuleReader.values(section.each("user", Glob::plain)),
            RuleReader.values(apps),
            section.at().file(),
            section.at().line()));
  }
}
