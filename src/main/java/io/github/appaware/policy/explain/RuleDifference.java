package io.github.appaware.policy.explain;

import io.github.appaware.policy.model.Rule;
import java.util.List;
import java.util.stream.Collectors;

/** Says why a rule does not match. */
public final class RuleDifference {
  /** So many values of a key are shown; a reader who wants all looks at the file. */
  private static final int MOST_VALUES = 6;

  private RuleDifference() {}

  /** {@code `port` is 443, 8000-8099}: what the rule has where the event differs. */
  public static String words(Rule rule, String key) {
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
      case "machine" -> texts(rule.machines());
      case "group" -> texts(rule.groups());
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
