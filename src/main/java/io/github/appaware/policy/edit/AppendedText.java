package io.github.appaware.policy.edit;

import io.github.appaware.policy.edit.Answers.Addition;
import io.github.appaware.policy.edit.Answers.Saved;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.read.PolicyReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Appends entries to the text of a policy, and checks that the new text says what it should. */
final class AppendedText {
  private final Path file;

  /** The last text and its values: a long file takes longer to read than to write. */
  private volatile Known known = new Known("", Map.of());

  private record Known(String text, Map<String, Object> values) {}

  /** For the file of this name, which is not looked at. */
  AppendedText(Path file) {
    this.file = file;
  }

  /**
   * The text with the additions.
   *
   * @param ids ids that other texts take; those of this text are added
   * @param saved gets the place of each entry
   */
  String append(String text, Set<String> ids, List<Addition> additions, List<Saved> saved)
      throws EditException {
    saved.clear();
    Known last = known;
    Map<String, Object> before =
        text.equals(last.text()) ? last.values() : TomlTree.parse(file.toString(), text);
    ids.addAll(RuleIds.in(before));
    ParagraphAppender lines = new ParagraphAppender(text);
    List<PolicyEntry> blocks = new ArrayList<>();
    for (Addition addition : additions) {
      PolicyEntry named = addition.block() == null ? null : RuleIds.name(addition.block(), ids);
      List<String> added = new Addition(addition.comment(), named).lines();
      lines.addParagraph(added);
      if (named != null) {
        blocks.add(named);
        int line = lines.lastLineOf(added, addition.comment().size());
        saved.add(new Saved(file, line, named.text(RuleKey.ID), added));
      }
    }
    String after = lines.toString();
    check(text, after, before, blocks);
    return after;
  }

  /** Refuses additions that are invalid by themselves. */
  void checkAlone(List<Addition> additions) throws EditException {
    for (Addition addition : additions) {
      if (addition.block() != null) {
        List<Problem> problems = addition.block().problems(file.toString());
        if (!problems.isEmpty()) {
          throw refused(problems);
        }
      }
    }
  }

  /** Both the policy's reader and TOML find in the new text the old one and the entries. */
  private void check(
      String text, String after, Map<String, Object> before, List<PolicyEntry> blocks)
      throws EditException {
    String name = file.toString();
    List<Problem> problems = PolicyReader.problems(name, after, false);
    if (!problems.isEmpty()) {
      List<Problem> old = PolicyReader.problems(name, text, false);
      throw old.isEmpty() ? refused(problems) : new EditException(described(old), "");
    }
    Map<String, Object> expected = new LinkedHashMap<>(before);
    for (PolicyEntry block : blocks) {
      List<Object> tables = new ArrayList<>(TomlTree.tables(expected, block.table()));
      tables.add(block.values());
      expected.put(block.table().label(), tables);
    }
    if (!TomlTree.parse(name, after).equals(expected)) {
      throw new EditException("the rule would be read as another one", "please report it");
    }
    known = new Known(after, expected);
  }

  private static EditException refused(List<Problem> problems) {
    List<String> messages = problems.stream().map(Problem::message).distinct().toList();
    return new EditException(
        "the rule would not be read: " + String.join("; ", messages), problems.get(0).help());
  }

  private static String described(List<Problem> problems) {
    return String.join("\n", problems.stream().map(Problem::describe).toList());
  }
}
