package io.github.appaware.policy.read;

import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.AppRule;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Id;
import io.github.appaware.policy.model.PolicyKey;
import io.github.appaware.policy.model.Sha256;
import java.util.List;
import java.util.Optional;

/** Reads one {@code [[app]]}. */
final class AppReader {
  private static final List<String> KEYS = PolicyKey.labels(AppKey.values());

  private AppReader() {}

  /** Adds the application to the policy, without the values that have problems. */
  static void read(TableReader section, PolicyBuilder builder) {
    section.expectOnly(KEYS);
    section.require(AppKey.ID, "give the application an id: `id = \"billing\"`");
    if (!section.has(AppKey.FILE) && !section.has(AppKey.SHA256)) {
      section.problem(
          section.at(),
          "neither `file` nor `sha256` says which application this is",
          "write `file = \"billing-*.jar\"`, or `sha256` of its content");
    }
    Optional<Located<String>> id = section.parsed(AppKey.ID, Id::parse);
    id.ifPresent(builder::claimApp);
    Optional<Located<Glob>> file = section.parsed(AppKey.FILE, Glob::fileName);
    List<String> sha256 = Located.values(section.each(AppKey.SHA256, Sha256::parse));
    builder.add(
        new AppRule(
            id.map(Located::value).orElse(""),
            file.map(Located::value).orElse(null),
            sha256,
            section.at().file(),
            section.at().line()));
  }
}
