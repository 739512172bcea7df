package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.UserText;
import io.github.appaware.policy.read.FileText;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds ids for rules that get none from their author. */
final class RuleIds {
  /** Leaves room for a number below the 64 characters of an id. */
  private static final int LONGEST = 56;

  /** The keys whose first value tells best what a rule is about. */
  private static final List<String> TELLING =
      List.of("host", "host-list", "address", "path", "origin", "app", "group", "machine");

  private RuleIds() {}

  /** The ids of rules in a document. */
  static Set<String> in(Map<String, Object> document) {
    Set<String> ids = new HashSet<>();
    for (Map<String, Object> rule : TomlTree.tables(document, "rule")) {
      if (rule.get("id") instanceof String id) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** The ids of rules in a file and in what it includes; none of one that can't be read. */
  static Set<String> in(Path file) {
    Set<String> ids = new HashSet<>();
    collect(file.toAbsolutePath().normalize(), ids, new HashSet<>());
    return ids;
  }

  private static void collect(Path file, Set<String> ids, Set<Path> visited) {
    if (!visited.add(file)) {
      return;
    }
    Map<String, Object> document;
    try {
      document = TomlTree.parse(file.toString(), FileText.read(file));
    } catch (MalformedValue | EditException unreadable) {
      return; // the run is told of it; an answer must be saved all the same
    }
    ids.addAll(in(document));
    if (document.get("include") instanceof List<?> included) {
      for (Object name : included) {
        if (name instanceof String text && text.indexOf('\0') < 0) {
          collect(file.resolveSibling(text).normalize(), ids, visited);
        }
      }
    }
  }

  /**
   * The block, which gets an id if it is a rule without one; the id is added to those taken.
   *
   * @throws EditException if its own id is taken
   */
  static PolicyEntry name(PolicyEntry block, Set<String> taken) throws EditException {
    if (!block.table().equals("rule")) {
      return block;
    }
    String own = block.text("id");
    if (!own.isEmpty()) {
      if (!taken.add(own)) {
        throw new EditException(
            UserText.quoted(own) + " is already the id of a rule", "ids are unique over all files");
      }
      return block;
    }
    String base = base(block);
    String id = base;
    for (int i = 2; !taken.add(id); i++) {
      id = base + "-" + i;
    }
    return block.with("id", id);
  }

  /** {@code allow-example.com}. */
  private static String base(PolicyEntry block) {
    StringBuilder base = new StringBuilder(block.text("action"));
    for (String key : TELLING) {
      Object value = block.values().get(key);
      Object first = value instanceof List<?> several ? several.get(0) : value;
      if (first != null) {
        base.append('-').append(plain(first.toString().toLowerCase(Locale.ROOT)));
        break;
      }
    }
    return base.substring(0, Math.min(LONGEST, base.length())).replaceAll("[.-]+$", "");
  }

  private static String plain(String text) {
    return text.replaceFirst("^\\*\\.", "")
        .replaceAll("[^a-z0-9._-]+", "-")
        .replaceAll("^[.-]+", "");
  }
}
