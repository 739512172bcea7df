package io.github.appaware.policy.read;

import io.github.appaware.policy.model.Durations;
import io.github.appaware.policy.model.Keywords;
import java.util.List;

/** Reads the top level of one file, and {@code [default]}. */
final class DocumentReader {
  private static final List<String> KEYS =
      List.of("version", "include", "default", "app", "group", "rule");
  private static final List<String> DEFAULT_KEYS = List.of("unknown", "ask-timeout");

  /** The one version of the format that there is. */
  private static final long VERSION = 1;

  private DocumentReader() {}

  /**
   * Reads a file, or a piece of one.
   *
   * @param first whether it is the beginning, which alone has more than rules
   * @param more whether rules follow in other pieces
   */
  static void read(
      TableReader document, boolean first, boolean more, PolicyBuilder builder, SourceFiles files) {
    document.expectOnly(KEYS);
    if (first) {
      document.require("version", "begin the file with `version = 1`");
    }
    if (first && more && document.has("rule")) {
      document.problem(
          document.at("rule"), "`rule` is not an array of tables", "write `[[rule]]` each time");
    }
    document
        .integer("version")
        .filter(version -> version.value() != VERSION)
        .ifPresent(
            version ->
                document.problem(
                    version.at(),
                    "version " + version.value() + " is not supported by this version of appaware",
                    "write `version = 1`"));
    document.table("default").ifPresent(section -> readDefault(section, builder));
    document.tables("app").forEach(section -> AppReader.read(section, builder));
    document.tables("group").forEach(section -> GroupReader.read(section, builder));
    document.tables("rule").forEach(section -> RuleReader.read(section, builder, files));
  }

  /** The files that it includes, in their order. */
  static List<Located<String>> includes(TableReader document) {
    return document.each("include", text -> text);
  }

  private static void readDefault(TableReader section, PolicyBuilder builder) {
    section.expectOnly(DEFAULT_KEYS);
    section.parsed("unknown", Keywords::action).ifPresent(builder::setUnknown);
    section.parsed("ask-timeout", Durations::askTimeout).ifPresent(builder::setAskTimeout);
  }
}
