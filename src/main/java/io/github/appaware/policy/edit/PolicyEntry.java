package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Decimal;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.read.PolicyReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code [[rule]]} or {@code [[app]]} that is to be written. Immutable. Whether its values are
 * any good is seen when it is written, or by {@link #check}.
 */
public final class PolicyEntry {
  /** As the design shows a rule: what it says, whom it is for, what it is about, the rest. */
  private static final List<String> ORDER =
      List.of(
          "id",
          "action",
          "file",
          "sha256",
          "app",
          "parent",
          "user",
          "machine",
          "group",
          "event",
          "host",
          "host-list",
          "address",
          "port",
          "local-port",
          "protocol",
          "path",
          "origin",
          "priority",
          "expires",
          "note");

  private final String table;

  /** Each a string, a long, a time, or a list of strings or of longs, as readers give them. */
  private final Map<String, Object> values;

  private PolicyEntry(String table, Map<String, Object> values) {
    this.table = table;
    this.values = Collections.unmodifiableMap(values);
  }

  /** A rule that says this about every event, so far. */
  public static PolicyEntry rule(Action action) {
    return new PolicyEntry("rule", Map.of()).with("action", action.label());
  }

  /** An application with this id that nothing is, so far. */
  public static PolicyEntry app(String id) {
    return new PolicyEntry("app", Map.of()).with("id", id);
  }

  /** As {@link #with(String, List)} if there are values, else the same as before. */
  public PolicyEntry withAny(String key, List<String> several) {
    return several.isEmpty() ? this : with(key, several);
  }

  /**
   * With a key of one or several values. A key without values, or with an empty one, is refused
   * when the block is written: left out, it would make the rule wider.
   *
   * @param key as policies have it; an unknown one is refused when the block is written
   */
  public PolicyEntry with(String key, List<String> several) {
    boolean numbers = !several.isEmpty() && several.stream().allMatch(text -> isNumber(key, text));
    List<Object> typed = new ArrayList<>();
    // Strings where one is not a number: TOML 0.4 has no arrays of several types.
    several.forEach(text -> typed.add(numbers ? (Object) Long.parseLong(text) : text));
    return put(key, typed.size() == 1 ? typed.get(0) : List.copyOf(typed));
  }

  /** With a key of one value. */
  public PolicyEntry with(String key, String value) {
    return with(key, List.of(value));
  }

  /** With the user's own words, if there are any. */
  public PolicyEntry note(String text) {
    return text.isEmpty() ? this : with("note", text);
  }

  /** Until that second, exclusively. */
  public PolicyEntry expires(Instant end) {
    return put("expires", end.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
  }

  /** With this priority, unless it is the default of 0. */
  public PolicyEntry priority(int priority) {
    return priority == 0 ? this : put("priority", (long) priority);
  }

  private PolicyEntry put(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new PolicyEntry(table, more);
  }

  private static boolean isNumber(String key, String text) {
    return key.endsWith("port") && Decimal.parse(text, Integer.MAX_VALUE) >= 0;
  }

  /** {@code rule} or {@code app}. */
  String table() {
    return table;
  }

  Map<String, Object> values() {
    return values;
  }

  /** The value of a key with one string, or empty. */
  public String text(String key) {
    return values.get(key) instanceof String text ? text : "";
  }

  /**
   * Its lines as they are written: the header, then a key each, with the equals signs in one
   * column.
   *
   * @throws EditException if a value can't be written so that every reader reads it alike
   */
  public List<String> lines() throws EditException {
    List<String> keys = new ArrayList<>(values.keySet());
    keys.sort((a, b) -> Integer.compare(place(a), place(b)));
    int width = keys.stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    lines.add("[[" + table + "]]");
    for (String key : keys) {
      lines.addAll(TomlLine.entry(key, width, written(values.get(key))));
    }
    return lines;
  }

  private static int place(String key) {
    int place = ORDER.indexOf(key);
    return place < 0 ? ORDER.size() : place;
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
   * What is wrong with it, judged alone.
   *
   * @return what the reader says, each with its help behind it; empty if nothing is wrong
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
   * What is wrong with it, with all that it names.
   *
   * @param file beside which the names of files are looked for
   */
  List<Problem> problems(String file) throws EditException {
    String text = "version = 1\n" + String.join("\n", lines()) + "\n";
    return PolicyReader.problems(file, text, true);
  }
}
