package io.github.appaware.policy.read;

import io.github.appaware.policy.model.AddressLiteral;
import io.github.appaware.policy.model.DefaultKey;
import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.Durations;
import io.github.appaware.policy.model.Keywords;
import io.github.appaware.policy.model.PolicyKey;
import java.util.List;

/** Reads the top level of one file, and {@code [default]}. */
final class DocumentReader {
  private static final List<String> KEYS = PolicyKey.labels(DocumentKey.values());
  private static final List<String> DEFAULT_KEYS = PolicyKey.labels(DefaultKey.values());

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
      document.require(DocumentKey.VERSION, "begin the file with `version = 1`");
    }
    if (first && more && document.has(DocumentKey.RULE)) {
      document.problem(
          document.at(DocumentKey.RULE),
          "`rule` is not an array of tables",
          "write `[[rule]]` each time");
    }
    document
        .integer(DocumentKey.VERSION)
        .filter(version -> version.value() != VERSION)
        .ifPresent(
            version ->
                document.problem(
                    version.at(),
                    "version " + version.value() + " is not supported by this version of appaware",
                    "write `version = 1`"));
    document.table(DocumentKey.DEFAULT).ifPresent(section -> readDefault(section, builder));
    document.tables(DocumentKey.APP).forEach(section -> AppReader.read(section, builder));
    document.tables(DocumentKey.GROUP).forEach(section -> GroupReader.read(section, builder));
    document.tables(DocumentKey.RULE).forEach(section -> RuleReader.read(section, builder, files));
  }

  /** The files that it includes, in their order. */
  static List<Located<String>> includes(TableReader document) {
    return document.each(DocumentKey.INCLUDE, text -> text);
  }

  private static void readDefault(TableReader section, PolicyBuilder builder) {
    section.expectOnly(DEFAULT_KEYS);
    section.parsed(DefaultKey.UNKNOWN, Keywords::action).ifPresent(builder::setUnknown);
    section.parsed(DefaultKey.ASK_TIMEOUT, Durations::askTimeout).ifPresent(builder::setAskTimeout);
    section
        .each(DefaultKey.NAME_SERVERS, AddressLiteral::nameServer)
        .forEach(server -> builder.addNameServer(server.value()));
  }
}
