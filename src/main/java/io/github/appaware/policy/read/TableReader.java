package io.github.appaware.policy.read;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PolicyKey;
import io.github.appaware.policy.model.Suggestion;
import io.github.appaware.policy.model.UserText;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Reads one TOML table strictly: each value has the expected type or is a problem. Keys are never
 * split at dots, so {@code "a.b"} is not taken for {@code a.b}.
 */
final class TableReader {
  /** Parses one value. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(String text) throws MalformedValue;
  }

  private final TomlTable table;
  private final Position at;
  private final Problems problems;

  /** How many lines of the file stand before the text that the table was read from. */
  private final int before;

  TableReader(TomlTable table, Position at, Problems problems, int before) {
    this.table = table;
    this.at = at;
    this.problems = problems;
    this.before = before;
  }

  /** Where its header stands. */
  Position at() {
    return at;
  }

  /** Where the key stands, which must be there. */
  Position at(PolicyKey key) {
    return position(table.inputPositionOf(List.of(key.label())));
  }

  boolean has(PolicyKey key) {
    return table.contains(List.of(key.label()));
  }

  /** How many values the key has, good or bad. */
  int count(PolicyKey key) {
    Object raw = table.get(List.of(key.label()));
    if (raw instanceof TomlArray array) {
      return array.size();
    }
    return raw == null ? 0 : 1;
  }

  void problem(Position position, String message, String help) {
    problems.add(position, message, help);
  }

  /** Adds a problem for each key that is not among the known ones. */
  void expectOnly(List<String> known) {
    for (String key : table.keySet()) {
      if (!known.contains(key)) {
        problems.add(
            position(table.inputPositionOf(List.of(key))),
            "unknown key " + UserText.quoted(key),
            Suggestion.help(key, known));
      }
    }
  }

  void require(PolicyKey key, String help) {
    if (!has(key)) {
      problems.add(at, "`" + key.label() + "` is missing", help);
    }
  }

  Optional<Located<Long>> integer(PolicyKey key) {
    return one(key, Long.class, "an integer");
  }

  Optional<Located<OffsetDateTime>> time(PolicyKey key) {
    return one(key, OffsetDateTime.class, "a date and time with offset: `2027-01-01T00:00:00Z`");
  }

  Optional<Located<String>> string(PolicyKey key) {
    return one(key, String.class, "a string");
  }

  <T> Optional<Located<T>> parsed(PolicyKey key, Parser<T> parser) {
    return string(key).flatMap(text -> parsed(text, parser));
  }

  /** The strings of a key that holds one or an array of them. */
  <T> List<Located<T>> each(PolicyKey key, Parser<T> parser) {
    List<Located<T>> all = new ArrayList<>();
    for (Located<Object> element : elements(key)) {
      cast(key, element, String.class, "a string")
          .flatMap(text -> parsed(text, parser))
          .ifPresent(all::add);
    }
    return all;
  }

  /** As {@link #each}, where an integer is as good as its decimal digits. */
  <T> List<Located<T>> eachNumber(PolicyKey key, Parser<T> parser) {
    List<Located<T>> all = new ArrayList<>();
    for (Located<Object> element : elements(key)) {
      Located<Object> text =
          element.value() instanceof Long number
              ? new Located<>(number.toString(), element.at())
              : element;
      cast(key, text, String.class, "an integer or a string")
          .flatMap(digits -> parsed(digits, parser))
          .ifPresent(all::add);
    }
    return all;
  }

  Optional<TableReader> table(PolicyKey key) {
    return one(key, TomlTable.class, "a table: `[" + key.label() + "]`")
        .map(value -> new TableReader(value.value(), value.at(), problems, before));
  }

  /** The tables under {@code [[key]]}. */
  List<TableReader> tables(PolicyKey key) {
    Object raw = table.get(List.of(key.label()));
    if (raw instanceof TomlTable) {
      problems.add(
          at(key),
          "`" + key.label() + "` must be an array of tables",
          "write `[[" + key.label() + "]]`");
      return List.of();
    }
    List<TableReader> all = new ArrayList<>();
    one(key, TomlArray.class, "an array of tables: `[[" + key.label() + "]]`")
        .ifPresent(
            array -> {
              for (Located<Object> element : elements(array.value())) {
                cast(key, element, TomlTable.class, "an array of tables: `[[" + key.label() + "]]`")
                    .ifPresent(
                        found ->
                            all.add(new TableReader(found.value(), found.at(), problems, before)));
              }
            });
    return all;
  }

  private List<Located<Object>> elements(PolicyKey key) {
    Object raw = table.get(List.of(key.label()));
    if (raw == null) {
      return List.of();
    }
    if (!(raw instanceof TomlArray array)) {
      return List.of(new Located<>(raw, at(key)));
    }
    if (array.isEmpty()) {
      problems.add(
          at(key),
          "`" + key.label() + "` is empty, so it matches nothing",
          "name a value, or leave it out");
    }
    return elements(array);
  }

  private List<Located<Object>> elements(TomlArray array) {
    List<Located<Object>> all = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      all.add(new Located<>(array.get(i), position(array.inputPositionOf(i))));
    }
    return all;
  }

  private <T> Optional<Located<T>> one(PolicyKey key, Class<T> type, String wanted) {
    Object raw = table.get(List.of(key.label()));
    return raw == null ? Optional.empty() : cast(key, new Located<>(raw, at(key)), type, wanted);
  }

  private <T> Optional<Located<T>> cast(
      PolicyKey key, Located<Object> found, Class<T> type, String wanted) {
    if (type.isInstance(found.value())) {
      return Optional.of(new Located<>(type.cast(found.value()), found.at()));
    }
    problems.add(
        found.at(),
        "`" + key.label() + "` can't be " + TypeName.of(found.value()),
        "write " + wanted);
    return Optional.empty();
  }

  private <T> Optional<Located<T>> parsed(Located<String> text, Parser<T> parser) {
    try {
      return Optional.of(new Located<>(parser.parse(text.value()), text.at()));
    } catch (MalformedValue malformed) {
      problems.add(text.at(), malformed);
      return Optional.empty();
    }
  }

  private Position position(TomlPosition position) {
    return new Position(at.file(), before + position.line(), position.column());
  }
}
