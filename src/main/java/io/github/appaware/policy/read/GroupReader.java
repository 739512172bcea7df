package io.github.appaware.policy.read;

import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.GroupKey;
import io.github.appaware.policy.model.Id;
import io.github.appaware.policy.model.PolicyKey;
import java.util.List;
import java.util.Optional;

/** Reads one {@code [[group]]}. */
final class GroupReader {
  private static final List<String> KEYS = PolicyKey.labels(GroupKey.values());

  private GroupReader() {}

  /** Adds the group to the policy, without the values that have problems. */
  static void read(TableReader section, PolicyBuilder builder) {
    section.expectOnly(KEYS);
    section.require(GroupKey.ID, "give the group an id: `id = \"ci\"`");
    if (!section.has(GroupKey.MACHINE)
        && !section.has(GroupKey.USER)
        && !section.has(GroupKey.APP)) {
      section.problem(
          section.at(),
          "none of `machine`, `user` and `app` says what is in this group",
          "write `machine = \"build-*\"`, or `app` with ids of applications");
    }
    Optional<Located<String>> id = section.parsed(GroupKey.ID, Id::parse);
    id.ifPresent(builder::claimGroup);
    List<Located<String>> apps = section.each(GroupKey.APP, Id::parse);
    apps.forEach(builder::useApp);
    builder.add(
        new Group(
            id.map(Located::value).orElse(""),
            Located.values(section.each(GroupKey.MACHINE, Glob::machine)),
            Located.values(section.each(GroupKey.USER, Glob::plain)),
            Located.values(apps),
            section.at().file(),
            section.at().line()));
  }
}
