package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.read.TomlValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a TOML document as plain maps and lists: comparing them proves that an edit changed
 * what it should and nothing else.
 */
final class TomlTree {
  private TomlTree() {}

  /**
   * The document.
   *
   * @param name of the file, for problems
   * @throws EditException with the places of all errors of syntax
   */
  static Map<String, Object> parse(String name, String text) throws EditException {
    try {
      return TomlValues.parse(name, text);
    } catch (PolicyException e) {
      throw new EditException(e.getMessage(), "");
    }
  }

  /** The tables under {@code [[key]]}, in their order; none if its value is something else. */
  static List<Map<String, Object>> tables(Map<String, Object> document, DocumentKey key) {
    List<Map<String, Object>> tables = new ArrayList<>();
    if (document.get(key.label()) instanceof List<?> array) {
      for (Object each : array) {
        if (each instanceof Map<?, ?> table) {
          Map<String, Object> copy = new LinkedHashMap<>();
          table.forEach((name, value) -> copy.put((String) name, value));
          tables.add(copy);
        }
      }
    }
    return tables;
  }
}
