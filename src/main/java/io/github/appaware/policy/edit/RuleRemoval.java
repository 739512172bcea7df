package io.github.appaware.policy.edit;

import io.github.appaware.policy.edit.TomlItem.Blank;
import io.github.appaware.policy.edit.TomlItem.Comment;
import io.github.appaware.policy.edit.TomlItem.Entry;
import io.github.appaware.policy.edit.TomlItem.Header;
import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.RuleKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Removes one rule from a file, with the comment directly above it; nothing else changes. */
public final class RuleRemoval {
  private static final String RULES = DocumentKey.RULE.label();

  private final String file;
  private final int line;
  private final String id;
  private final List<String> removed = new ArrayList<>();

  private RuleRemoval(String file, int line, String id) {
    this.file = file;
    this.line = line;
    this.id = id;
  }

  /**
   * Removes the rule that has the line, as safely as answers are saved.
   *
   * @param line of its header or of one of its keys, from 1
   * @return the lines that are gone
   * @throws EditException if there is no rule, or the file can't be read or written or is not TOML;
   *     it is as it was then
   */
  public static List<String> remove(Path file, int line) throws EditException {
    return new RuleRemoval(file.toString(), line, "").remove(file);
  }

  /**
   * Removes the rule that has the id, wherever it stands by now.
   *
   * @return the lines that are gone
   * @throws EditException as above
   */
  public static List<String> remove(Path file, String id) throws EditException {
    return new RuleRemoval(file.toString(), 0, id).remove(file);
  }

  /**
   * The text of a policy that is not in a file, without the rule that has the id.
   *
   * @param name of the policy, for messages
   * @throws EditException if there is no such rule
   */
  public static String remove(String name, String text, String id) throws EditException {
    return new RuleRemoval(name, 0, id).without(text);
  }

  private List<String> remove(Path from) throws EditException {
    AtomicFileEdit.editExisting(from, this::without);
    return List.copyOf(removed);
  }

  private String without(String text) throws EditException {
    Map<String, Object> before = TomlTree.parse(file, text);
    List<TomlItem> items = TomlLayout.of(text);
    return without(text, before, items, id.isEmpty() ? line : line(before, items));
  }

  /** The line of the header of the rule that has the id. */
  private int line(Map<String, Object> document, List<TomlItem> items) throws EditException {
    int wanted = -1;
    List<Map<String, Object>> rules = TomlTree.tables(document, DocumentKey.RULE);
    for (int i = 0; i < rules.size(); i++) {
      wanted = id.equals(rules.get(i).get(RuleKey.ID.label())) ? i : wanted;
    }
    int rule = -1;
    for (TomlItem item : items) {
      if (item instanceof Header each && each.array() && each.name().equals(RULES)) {
        rule++;
        if (rule == wanted) {
          return item.line();
        }
      }
    }
    throw new EditException("no rule `" + id + "` in " + file, "see `appaware policy list`");
  }

  private String without(String text, Map<String, Object> before, List<TomlItem> items, int line)
      throws EditException {
    int rule = -1;
    int header = -1;
    for (int i = 0; i < items.size() && items.get(i).line() <= line; i++) {
      if (items.get(i) instanceof Header each) {
        boolean isRule = each.array() && each.name().equals(RULES);
        rule += isRule ? 1 : 0;
        header = isRule ? i : -1;
      }
    }
    int end = header < 0 ? 0 : endOfEntries(items, header);
    if (header < 0 || lastLine(text, items.get(end - 1)) < line) {
      throw new EditException(
          "no `[[rule]]` at " + file + ":" + line, "see `appaware policy list`");
    }
    int first = header;
    while (first > 0 && items.get(first - 1) instanceof Comment) {
      first--;
    }
    String after = cut(text, items, first, end);
    Map<String, Object> expected = new LinkedHashMap<>(before);
    List<Map<String, Object>> rules = TomlTree.tables(before, DocumentKey.RULE);
    rules.remove(rule);
    if (rules.isEmpty()) {
      expected.remove(RULES);
    } else {
      expected.put(RULES, rules);
    }
    if (!TomlTree.parse(file, after).equals(expected)) {
      throw new EditException("the rule can't be removed alone", "remove it with an editor");
    }
    removed.clear();
    String gone = text.substring(items.get(first).start(), items.get(end - 1).end());
    gone.lines().forEach(removed::add);
    return after;
  }

  /**
   * The index of the first item after the rule. Comments that follow its keys without an empty line
   * belong to the rule, unless they stand directly above the next header.
   */
  private static int endOfEntries(List<TomlItem> items, int header) {
    int end = header + 1;
    for (int i = end; i < items.size() && !(items.get(i) instanceof Header); i++) {
      end = items.get(i) instanceof Entry ? i + 1 : end;
    }
    int comments = end;
    while (comments < items.size() && items.get(comments) instanceof Comment) {
      comments++;
    }
    return comments < items.size() && items.get(comments) instanceof Header ? end : comments;
  }

  private static int lastLine(String text, TomlItem item) {
    return item.line()
        + (int) text.substring(item.start(), item.end()).stripTrailing().lines().count()
        - 1;
  }

  /** Without these items, and without the empty lines on one side of them. */
  private static String cut(String text, List<TomlItem> items, int first, int end) {
    int from = first;
    int to = end;
    while (to < items.size() && items.get(to) instanceof Blank) {
      to++;
    }
    if (to == items.size()) {
      // It was the last: the file ends as it did, with or without a line end.
      to = end;
      while (from > 0 && items.get(from - 1) instanceof Blank) {
        from--;
      }
      int start = items.get(from).start();
      int stop = items.get(to - 1).end();
      String head = text.substring(0, start);
      return text.endsWith("\n") ? head + text.substring(stop) : head.stripTrailing();
    }
    return text.substring(0, items.get(from).start()) + text.substring(items.get(to - 1).end());
  }
}
