package io.github.appaware.policy.read;

import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** The values of a TOML document as plain maps and lists that can be compared. */
public final class TomlValues {
  private TomlValues() {}

  /**
   * The document.
   *
   * @param name of the file, for problems
   * @throws PolicyException with the places of all errors of syntax
   */
  public static Map<String, Object> parse(String name, String text) throws PolicyException {
    String bare = text.startsWith("\ufeff") ? text.substring(1) : text;
    TomlParseResult result = Toml.parse(bare, TomlVersion.V1_0_0);
    if (result.hasErrors()) {
      throw syntax(name, bare);
    }
    return map(result);
  }

  private static PolicyException syntax(String name, String text) {
    Problems problems = new Problems();
    problems.begin(name);
    var unused = TomlText.parse(name, new PolicyChunks.Chunk(text, 0), problems);
    return new PolicyException(
        problems.count() == 0
            ? List.of(new Problem(name, 0, 0, "not TOML", ""))
            : problems.sorted(),
        List.of());
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
