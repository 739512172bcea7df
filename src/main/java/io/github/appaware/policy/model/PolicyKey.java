package io.github.appaware.policy.model;

import java.util.Arrays;
import java.util.List;

/**
 * A key of a table of a policy. Each kind of table has an enum of its keys, in the order in which
 * appaware writes them; no other class spells a key.
 */
public sealed interface PolicyKey permits DocumentKey, DefaultKey, AppKey, GroupKey, RuleKey {
  /** The key as policies spell it: {@code local-port}. */
  String label();

  /** The key's position in its table's canonical order, from 0. */
  int ordinal();

  /** How policies spell these keys, in their order. */
  static List<String> labels(PolicyKey... keys) {
    return Arrays.stream(keys).map(PolicyKey::label).toList();
  }
}
