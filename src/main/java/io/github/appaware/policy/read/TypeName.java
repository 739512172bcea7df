package io.github.appaware.policy.read;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Names of the types of TOML for messages. */
final class TypeName {
  private static final Map<Class<?>, String> SCALARS =
      Map.of(
          String.class, "a string",
          Long.class, "an integer",
          Double.class, "a float",
          Boolean.class, "a boolean",
          OffsetDateTime.class, "a date and time",
          LocalDateTime.class, "a date and time without offset",
          LocalDate.class, "a date",
          LocalTime.class, "a time");

  private TypeName() {}

  static String of(Object value) {
    if (value instanceof TomlArray) {
      return "an array";
    }
    return value instanceof TomlTable ? "a table" : SCALARS.get(value.getClass());
  }
}
