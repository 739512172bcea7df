package io.github.appaware.policy.edit;

import java.util.ArrayList;
import java.util.List;

/** The canonical form of one key and its values. */
final class TomlLine {
  /** Two hosts of usual length fit on a line; two hashes do not. */
  static final int WIDTH = 100;

  private TomlLine() {}

  /** One value alone, several or none as an array: on one line if it fits, else a line each. */
  static List<String> entry(String key, int width, List<String> values) {
    return values.size() == 1
        ? List.of(start(key, width) + values.get(0))
        : array(start(key, width), values);
  }

  /** {@code key = }, the key filled up to the width. */
  static String start(String key, int width) {
    return key + " ".repeat(Math.max(0, width - key.length())) + " = ";
  }

  /** An array after its key. */
  static List<String> array(String start, List<String> values) {
    String line = start + "[" + String.join(", ", values) + "]";
    if (line.length() <= WIDTH) {
      return List.of(line);
    }
    List<String> lines = new ArrayList<>();
    lines.add(start + "[");
    values.forEach(value -> lines.add("  " + value + ","));
    lines.add("]");
    return lines;
  }
}
