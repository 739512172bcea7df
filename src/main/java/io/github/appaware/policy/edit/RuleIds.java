package io.github.appaware.policy.edit;

import io.github.appaware.event.EventKind;
import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.model.UserText;
import io.github.appaware.policy.read.FileText;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes ids for rules that have none. */
final class RuleIds {
  /** Leaves room for a number below the 64 characters of an id. */
  private static final int LONGEST = 56;

  /** The keys whose first value becomes part of the id; the first that a rule has counts. */
  private static final List<RuleKey> TELLING =
      List.of(
          RuleKey.HOST,
          RuleKey.HOST_LIST,
          RuleKey.ADDRESS,
          RuleKey.PATH,
          RuleKey.PEER,
          RuleKey.THROUGH,
          RuleKey.ORIGIN,
          RuleKey.APP,
          RuleKey.GROUP,
          RuleKey.MACHINE,
          RuleKey.PARENT,
          RuleKey.USER,
          RuleKey.PROTOCOL);

  private static final Set<String> OUTWARD =
      Set.of(EventKind.RESOLVE.label(), EventKind.CONNECT.label(), EventKind.SEND.label());

  private RuleIds() {}

  /** The ids of rules in a document. */
  static Set<String> in(Map<String, Object> document) {
    Set<String> ids = new HashSet<>();
    for (Map<String, Object> rule : TomlTree.tables(document, DocumentKey.RULE)) {
      if (rule.get(RuleKey.ID.label()) instanceof String id) {
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
      return; // the run reports it; an answer must be saved all the same
    }
    ids.addAll(in(document));
    if (document.get(DocumentKey.INCLUDE.label()) instanceof List<?> included) {
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
    if (block.table() != DocumentKey.RULE) {
      return block;
    }
    String own = block.text(RuleKey.ID);
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
    return block.with(RuleKey.ID, id);
  }

  /** {@code allow-example.com}, {@code allow-listen-9099}, {@code deny-connect-10.1.2.3-443}. */
  private static String base(PolicyEntry block) {
    StringBuilder base = new StringBuilder(block.text(RuleKey.ACTION));
    add(base, event(block));
    String end = end(block);
    if (!isEveryLocal(block, end)) {
      add(base, end);
    }
    String local = block.first(RuleKey.LOCAL_PORT);
    add(base, local.isEmpty() ? block.first(RuleKey.PORT) : local);
    if (base.length() == block.text(RuleKey.ACTION).length()) {
      add(base, "everything");
    }
    return base.substring(0, Math.min(LONGEST, base.length())).replaceAll("[.-]+$", "");
  }

  /** The last word of what is about to be done; none where it is anything that leads outward. */
  private static String event(PolicyEntry block) {
    List<String> events = block.texts(RuleKey.EVENT);
    boolean whole = block.first(RuleKey.PORT).isEmpty() && OUTWARD.containsAll(events);
    boolean host = whole && (events.size() > 1 || !block.first(RuleKey.HOST).isEmpty());
    return events.isEmpty() || host ? "" : events.get(events.size() - 1);
  }

  /** The address of a socket that waits at all of them says nothing. */
  private static boolean isEveryLocal(PolicyEntry block, String end) {
    return end.equals("0.0.0.0") && !block.first(RuleKey.PORT).isEmpty();
  }

  private static String end(PolicyEntry block) {
    for (RuleKey key : TELLING) {
      String first = block.first(key);
      if (!first.isEmpty()) {
        return first;
      }
    }
    return "";
  }

  private static void add(StringBuilder base, String part) {
    String plain = plain(part.toLowerCase(Locale.ROOT));
    if (!plain.isEmpty()) {
      base.append('-').append(plain);
    }
  }

  private static String plain(String text) {
    return text.replaceFirst("^\\*\\.", "")
        .replaceAll("[^a-z0-9._-]+", "-")
        .replaceAll("^[.-]+", "");
  }
}
