package io.github.appaware.cli;

import io.github.appaware.policy.Explanation;
import io.github.appaware.policy.Explanation.Part;
import io.github.appaware.policy.Explanation.Role;
import io.github.appaware.policy.Rule;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what became of one rule. */
final class ExplainedRule {
  /** So many values of a key are shown; a reader who wants all looks at the file. */
  private static final int MOST_VALUES = 6;

  private ExplainedRule() {}

  /** The name in the output: {@code decides}. */
  static String role(Part part) {
    return part.role().name().toLowerCase(Locale.ROOT);
  }

  /** Why it decides, loses or does not match. */
  static String why(Part part, Explanation explanation) {
    Rule rule = part.rule();
    if (part.role() == Role.DIFFERS) {
      return differs(rule, part.key());
    }
    Rule winner = winner(explanation);
    return switch (part.role()) {
      case DECIDES -> "matches" + advantage(explanation, rule);
      case OUTRANKED ->
          "matches, but priority " + rule.priority() + " is below " + winner.priority();
      case BEATEN -> "matches, but " + winner.action().label() + " beats " + rule.action().label();
      case AGREES -> "matches, and says the same";
      case DIFFERS -> throw new AssertionError(part);
    };
  }

  private static String advantage(Explanation explanation, Rule rule) {
    boolean outranks = has(explanation, Role.OUTRANKED);
    boolean beats = has(explanation, Role.BEATEN);
    String rank = outranks ? ", with the highest priority, " + rule.priority() : "";
    return rank + (beats ? (outranks ? ", and " : ", ") + rule.action().label() + " wins" : "");
  }

  private static boolean has(Explanation explanation, Role role) {
    return explanation.rules().stream().anyMatch(part -> part.role() == role);
  }

  private static Rule winner(Explanation explanation) {
    return explanation.rules().stream()
        .filter(part -> part.role() == Role.DECIDES)
        .map(Part::rule)
        .findFirst()
        .orElseThrow();
  }

  private static String differs(Rule rule, String key) {
    if (key.equals("expires")) {
      return "expired at " + rule.expires();
    }
    List<String> values = values(rule, key);
    if (values.isEmpty()) {
      return "is not about such events";
    }
    String shown = values.stream().limit(MOST_VALUES).collect(Collectors.joining(", "));
    return "`" + key + "` is " + shown + (values.size() > MOST_VALUES ? ", ..." : "");
  }

  private static List<String> values(Rule rule, String key) {
    return switch (key) {
      case "app" -> rule.apps();
      case "event" -> rule.events().stream().map(each -> each.label()).toList();
      case "protocol" -> rule.protocols().stream().map(each -> each.label()).toList();
      case "parent" -> texts(rule.parents());
      case "user" -> texts(rule.users());
      case "host" -> texts(rule.hosts());
      case "host-list" -> texts(rule.hostLists());
      case "address" -> texts(rule.addresses());
      case "port" -> texts(rule.ports());
      case "local-port" -> texts(rule.localPorts());
      case "path" -> texts(rule.paths());
      case "origin" -> texts(rule.origins());
      default -> List.of();
    };
  }

  private static List<String> texts(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }
}
