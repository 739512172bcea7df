package io.github.appaware.convert.export;

import io.github.appaware.policy.model.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The result of an export: files, and what they do not say as the policy does. Not thread-safe. */
public final class Export {
  private static final int MOST_RULES = 3;

  /** What became of a rule, where it is not the same. */
  public enum Kind {
    /** It is missing. */
    LOST("not carried over"),
    /** It is there, and says more or less than the rule. */
    INEXACT("carried over, not exactly"),
    /** It is about something that the tool does not judge, or does anyway. */
    PASSED("passed over");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /**
   * A file to write.
   *
   * @param name where the tool has several, else empty
   */
  public record Document(String name, String text) {}

  private record Remark(Kind kind, String text) {}

  private final List<Document> documents = new ArrayList<>();
  private final Map<Remark, Set<String>> remarks = new LinkedHashMap<>();

  /** The files; one without a name, or several with names. */
  public List<Document> documents() {
    return Collections.unmodifiableList(documents);
  }

  /** Whether the tool decides as the policy, as far as it judges at all. */
  public boolean isExact() {
    return remarks.keySet().stream().allMatch(each -> each.kind() == Kind.PASSED);
  }

  /** A line for each remark, with the rules that it is about. */
  public List<String> remarks() {
    List<String> lines = new ArrayList<>();
    remarks.forEach(
        (remark, rules) -> lines.add(remark.kind().label + ": " + names(rules) + remark.text()));
    return lines;
  }

  private static String names(Set<String> rules) {
    List<String> named = rules.stream().filter(rule -> !rule.isEmpty()).toList();
    if (named.isEmpty()) {
      return "";
    }
    int shown = Math.min(MOST_RULES, named.size());
    String more = shown < named.size() ? " and " + (named.size() - shown) + " more" : "";
    return String.join(", ", named.subList(0, shown)) + more + ": ";
  }

  void document(String name, String text) {
    documents.add(new Document(name, text));
  }

  void remark(Kind kind, Rule rule, String text) {
    String named = rule.id().isEmpty() ? rule.at() : rule.id() + " (" + rule.at() + ")";
    remarks.computeIfAbsent(new Remark(kind, text), none -> new LinkedHashSet<>()).add(named);
  }

  /** A remark about the policy as a whole. */
  void remark(Kind kind, String text) {
    remarks.computeIfAbsent(new Remark(kind, text), none -> new LinkedHashSet<>()).add("");
  }

  void lose(Rule rule, String reason) {
    remark(Kind.LOST, rule, reason);
  }

  void differ(Rule rule, String how) {
    remark(Kind.INEXACT, rule, how);
  }

  void pass(Rule rule, String reason) {
    remark(Kind.PASSED, rule, reason);
  }
}
