package io.github.appaware.policy.edit;

import io.github.appaware.policy.edit.TomlItem.Comment;
import io.github.appaware.policy.edit.TomlItem.Header;
import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.read.FileText;
import io.github.appaware.policy.read.PolicyReader;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule with its text in the file, for listings.
 *
 * @param rule as it is read
 * @param keys its keys with the texts of their values, in the order of the file
 * @param comment the lines directly above its header, each with its {@code #}
 */
public record WrittenRule(Rule rule, Map<RuleKey, List<String>> keys, List<String> comment) {
  public WrittenRule {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    comment = List.copyOf(comment);
  }

  /**
   * All rules of the merged files, in their order.
   *
   * @throws PolicyException with all problems of all files
   * @throws EditException if a file was changed while it was read
   */
  public static List<WrittenRule> read(List<Path> files) throws PolicyException, EditException {
    Map<String, Map<Integer, Source>> byFile = new HashMap<>();
    List<WrittenRule> all = new ArrayList<>();
    for (Rule rule : PolicyReader.read(files).rules()) {
      Map<Integer, Source> known = byFile.get(rule.file());
      if (known == null) {
        known = read(rule.file());
        byFile.put(rule.file(), known);
      }
      Source source = known.getOrDefault(rule.line(), Source.UNKNOWN);
      all.add(new WrittenRule(rule, source.keys(), source.comment()));
    }
    return all;
  }

  /** What the reader does not keep. */
  private record Source(Map<RuleKey, List<String>> keys, List<String> comment) {
    /** Of a rule whose file was changed since it was read, or that is no block of its own. */
    private static final Source UNKNOWN = new Source(Map.of(), List.of());
  }

  /** Whether its host patterns, if it has any, include this name. */
  public boolean names(String host) {
    try {
      String normal = HostPattern.parse(host).name();
      return rule.hosts().stream().anyMatch(pattern -> pattern.matches(normal));
    } catch (MalformedValue e) {
      return false;
    }
  }

  /** By the line of the header. */
  private static Map<Integer, Source> read(String file) throws EditException {
    Map<Integer, Source> found = new HashMap<>();
    try {
      String text = FileText.read(Path.of(file));
      List<Map<String, Object>> tables =
          TomlTree.tables(TomlTree.parse(file, text), DocumentKey.RULE);
      List<String> comment = new ArrayList<>();
      for (TomlItem item : TomlLayout.of(text)) {
        if (item instanceof Header header
            && header.array()
            && header.name().equals(DocumentKey.RULE.label())
            && found.size() < tables.size()) {
          found.put(
              header.line(), new Source(texts(tables.get(found.size())), List.copyOf(comment)));
        }
        if (item instanceof Comment line) {
          comment.add(line.text());
        } else {
          comment.clear();
        }
      }
    } catch (MalformedValue unreadable) {
      throw new EditException(file + ": " + unreadable.getMessage(), unreadable.help());
    }
    return found;
  }

  private static Map<RuleKey, List<String>> texts(Map<String, Object> table) {
    Map<RuleKey, List<String>> texts = new LinkedHashMap<>();
    table.forEach(
        (label, value) ->
            RuleKey.of(label)
                .ifPresent(
                    key ->
                        texts.put(
                            key,
                            value instanceof List<?> several
                                ? several.stream().map(WrittenRule::text).toList()
                                : List.of(text(value)))));
    return texts;
  }

  private static String text(Object value) {
    return value instanceof OffsetDateTime time ? time.toInstant().toString() : value.toString();
  }
}
