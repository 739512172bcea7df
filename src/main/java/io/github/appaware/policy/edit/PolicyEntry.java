package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.Decimal;
import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PolicyKey;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.read.PolicyReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@code [[rule]]} or {@code [[app]]} to be written to a policy. Immutable. Its values are
 * checked when it is written, or by {@link #check}.
 */
public final class PolicyEntry {
  private final DocumentKey table;

  /** Each a string, a long, a time, or a list of strings or of longs, as readers give them. */
  private final Map<PolicyKey, Object> values;

  private PolicyEntry(DocumentKey table, Map<PolicyKey, Object> values) {
    this.table = table;
    this.values = Collections.unmodifiableMap(values);
  }

  /** A rule that has this action for every event. */
  public static PolicyEntry rule(Action action) {
    return new PolicyEntry(DocumentKey.RULE, Map.of()).with(RuleKey.ACTION, action.label());
  }

  /** An application with this id, and no other key yet. */
  public static PolicyEntry app(String id) {
    return new PolicyEntry(DocumentKey.APP, Map.of()).with(AppKey.ID, id);
  }

  /** As {@link #with(PolicyKey, List)} if there are values, else the same as before. */
  public PolicyEntry withAny(PolicyKey key, List<String> several) {
    return several.isEmpty() ? this : with(key, several);
  }

  /**
   * With a key of one or several values. A key without values, or with an empty one, is refused
   * when the entry is written: leaving it out would widen the rule.
   */
  public PolicyEntry with(PolicyKey key, List<String> several) {
    boolean numbers = !several.isEmpty() && several.stream().allMatch(text -> isNumber(key, text));
    List<Object> typed = new ArrayList<>();
    // Strings where one is not a number: TOML 0.4 has no arrays of several types.
    several.forEach(text -> typed.add(numbers ? (Object) Long.parseLong(text) : text));
    return put(key, typed.size() == 1 ? typed.get(0) : List.copyOf(typed));
  }

  /** With a key of one value. */
  public PolicyEntry with(PolicyKey key, String value) {
    return with(key, List.of(value));
  }

  /**
   * One entry for both, where they differ in the values of one key alone; null where they don't, so
   * that the one entry never says more than the two.
   */
  public PolicyEntry merged(PolicyEntry other, PolicyKey key) {
    if (table == other.table && values.equals(other.values)) {
      return this;
    }
    if (table != other.table || !has(key) || !other.has(key)) {
      return null;
    }
    Map<PolicyKey, Object> rest = new LinkedHashMap<>(values);
    rest.remove(key);
    Map<PolicyKey, Object> otherRest = new LinkedHashMap<>(other.values);
    otherRest.remove(key);
    if (!rest.equals(otherRest)) {
      return null;
    }
    Set<String> all = new LinkedHashSet<>(texts(key));
    all.addAll(other.texts(key));
    return with(key, List.copyOf(all));
  }

  /** With the user's own words, if there are any. */
  public PolicyEntry note(String text) {
    return text.isEmpty() ? this : with(RuleKey.NOTE, text);
  }

  /** Until that second, exclusively. */
  public PolicyEntry expires(Instant end) {
    return put(RuleKey.EXPIRES, end.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
  }

  /** With this priority, unless it is the default of 0. */
  public PolicyEntry priority(int priority) {
    return priority == 0 ? this : put(RuleKey.PRIORITY, (long) priority);
  }

  private PolicyEntry put(PolicyKey key, Object value) {
    Map<PolicyKey, Object> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new PolicyEntry(table, more);
  }

  private static boolean isNumber(PolicyKey key, String text) {
    return key instanceof RuleKey rule
        && rule.type() == RuleKey.Type.PORTS
        && Decimal.parse(text, Integer.MAX_VALUE) >= 0;
  }

  /** {@link DocumentKey#RULE} or {@link DocumentKey#APP}. */
  DocumentKey table() {
    return table;
  }

  /** The values as {@link TomlTree} has them, by the labels of their keys. */
  Map<String, Object> values() {
    Map<String, Object> byLabel = new LinkedHashMap<>();
    values.forEach((key, value) -> byLabel.put(key.label(), value));
    return byLabel;
  }

  /** Whether it has the key. */
  public boolean has(PolicyKey key) {
    return values.containsKey(key);
  }

  /** The first value of a key as text, or empty. */
  String first(PolicyKey key) {
    Object value = values.get(key);
    Object first = value instanceof List<?> several ? several.get(0) : value;
    return first == null ? "" : first.toString();
  }

  /** The values of a key as texts; none if it has no such key. */
  public List<String> texts(PolicyKey key) {
    Object value = values.get(key);
    if (value == null) {
      return List.of();
    }
    List<?> several = value instanceof List<?> list ? list : List.of(value);
    return several.stream().map(Object::toString).toList();
  }

  /** The value of a key with one string, or empty. */
  public String text(PolicyKey key) {
    return values.get(key) instanceof String text ? text : "";
  }

  /**
   * Its lines as they are written: the header, then a key each, with the equals signs in one
   * column.
   *
   * @throws EditException if a value can't be written so that every reader reads it alike
   */
  public List<String> lines() throws EditException {
    List<PolicyKey> keys = new ArrayList<>(values.keySet());
    keys.sort(Comparator.comparingInt(PolicyKey::ordinal));
    int width = keys.stream().mapToInt(key -> key.label().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    lines.add("[[" + table.label() + "]]");
    for (PolicyKey key : keys) {
      lines.addAll(TomlLine.entry(key.label(), width, written(values.get(key))));
    }
    return lines;
  }

  /** The texts of the values. */
  private static List<String> written(Object value) throws EditException {
    if (value instanceof List<?> several) {
      List<String> texts = new ArrayList<>();
      for (Object each : several) {
        texts.add(scalar(each));
      }
      return texts;
    }
    return List.of(scalar(value));
  }

  private static String scalar(Object value) throws EditException {
    if (value instanceof String text) {
      try {
        return TomlString.quote(text);
      } catch (MalformedValue e) {
        throw new EditException(e.getMessage(), e.help());
      }
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    return value.toString();
  }

  /**
   * The problems that it has by itself.
   *
   * @return the reader's messages, each with its help; empty if it is valid
   */
  public List<String> check() {
    try {
      return problems("").stream()
          .map(p -> p.help().isEmpty() ? p.message() : p.message() + " (" + p.help() + ")")
          .toList();
    } catch (EditException e) {
      return List.of(e.getMessage());
    }
  }

  /**
   * The problems that it has with the files that it names.
   *
   * @param file beside which the names of files are looked for
   */
  List<Problem> problems(String file) throws EditException {
    String text = "version = 1\n" + String.join("\n", lines()) + "\n";
    return PolicyReader.problems(file, text, true);
  }
}
