package io.github.appaware.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/**
 * The values of a TOML document as plain maps and lists that can be compared: how a change of a
 * file is proven to change what it should and nothing else.
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
    String bare = text.startsWith("\ufeff") ? text.substring(1) : text;
    TomlParseResult result = Toml.parse(bare, TomlVersion.V1_0_0);
    if (result.hasErrors()) {
      throw syntax(name, bare);
    }
    return map(result);
  }

  private static EditException syntax(String name, String text) {
    Problems problems = new Problems();
    problems.begin(name);
    var unused = TomlText.parse(name, new Pieces.Piece(text, 0), problems);
    return new EditException(
        problems.count() == 0
            ? name + ": not TOML"
            : new PolicyException(problems.sorted(), List.of()).getMessage(),
        "");
  }

  /** The tables under {@code [[name]]}, in their order; none where there is something else. */
  static List<Map<String, Object>> tables(Map<String, Object> document, String name) {
    List<Map<String, Object>> tables = new ArrayList<>();
    if (document.get(name) instanceof List<?> array) {
      for (Object each : array) {
        if (each instanceof Map<?, ?> table) {
          Map<String, Object> copy = new LinkedHashMap<>();
          table.forEach((key, value) -> copy.put((String) key, value));
          tables.add(copy);
        }
      }
    }
    return tables;
  }

  private static Map<String, Object> map(TomlTable table) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      map.put(key, plain(table.get(List.of(key))));
    }
    return map;
  }

  private static Object plain(Object value) {
    if (value instanceof TomlTable table) {
      return map(table);
    }
    if (value instanceof TomlArray array) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        list.add(plain(array.get(i)));
      }
      return list;
    }
    return value;
  }
}
