package io.github.appaware.convert;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;

/**
 * {@code host:port} as many tools write it.
 *
 * @param key {@link RuleKey#HOST} or {@link RuleKey#ADDRESS}
 * @param name the name or address, without brackets
 * @param port the text after the colon, a colon if that is empty, or empty if there is no colon
 */
record Endpoint(RuleKey key, String name, String port) {
  /** Splits the text; the policy's reader checks the parts. */
  static Endpoint parse(String text) {
    if (text.startsWith("[") && text.indexOf(']') > 0) {
      int end = text.indexOf(']');
      String rest = text.substring(end + 1);
      return new Endpoint(
          RuleKey.ADDRESS, text.substring(1, end), rest.startsWith(":") ? rest.substring(1) : rest);
    }
    if (text.contains("://")) {
      return new Endpoint(RuleKey.HOST, text, ""); // the reader has a message for URLs
    }
    int colon = text.indexOf(':');
    boolean one = colon >= 0 && colon == text.lastIndexOf(':');
    String name = one ? text.substring(0, colon) : text;
    String port = one ? text.substring(colon + 1) : "";
    return new Endpoint(
        isAddress(name) ? RuleKey.ADDRESS : RuleKey.HOST, name, one && port.isEmpty() ? ":" : port);
  }

  /** Digits and full stops, with a prefix length or not, or more than one colon. */
  private static boolean isAddress(String name) {
    return name.indexOf(':') != name.lastIndexOf(':')
        || (!name.isEmpty() && name.chars().allMatch(c -> "0123456789./".indexOf(c) >= 0));
  }

  /** A rule about this endpoint. */
  PolicyEntry rule(Action action) {
    PolicyEntry rule = PolicyEntry.rule(action).with(key, name);
    return port.isEmpty() ? rule : rule.with(RuleKey.PORT, port);
  }
}
