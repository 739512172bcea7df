package io.github.appaware.policy.edit;

import java.util.List;

/** One line of a TOML file, or the lines of one key with its value, as they are written. */
sealed interface TomlItem {
  /** Where it begins in the text. */
  int start();

  /** Where it ends in the text, after its last line end. */
  int end();

  /** Its first line, from 1. */
  int line();

  /** An empty line. */
  record Blank(int start, int end, int line) implements TomlItem {}

  /**
   * A line with a comment alone.
   *
   * @param text from its {@code #}, without white space at the end
   */
  record Comment(int start, int end, int line, String text) implements TomlItem {}

  /**
   * {@code [name]} or {@code [[name]]}.
   *
   * @param name with plain keys where they can be
   * @param comment on its last line, or empty
   */
  record Header(int start, int end, int line, String name, boolean array, String comment)
      implements TomlItem {}

  /**
   * A key with its value.
   *
   * @param key plain where it can be
   * @param comment on its last line, or empty
   */
  record Entry(int start, int end, int line, String key, Written value, String comment)
      implements TomlItem {}

  /** A value as it is written. */
  sealed interface Written {}

  /**
   * A string, number, time or boolean.
   *
   * @param raw its characters, with the quotes
   */
  record Scalar(String raw) implements Written {}

  /** What is between brackets. */
  record Array(List<Part> parts) implements Written {
    public Array {
      parts = List.copyOf(parts);
    }
  }

  /** What is between braces. */
  record Inline(List<Pair> pairs) implements Written {
    public Inline {
      pairs = List.copyOf(pairs);
    }
  }

  /** A key and its value in an inline table. */
  record Pair(String key, Written value) {}

  /** What stands in an array. */
  sealed interface Part {}

  /** An element. */
  record Element(Written value) implements Part {}

  /**
   * A comment between brackets.
   *
   * @param trailing whether its line begins with something else
   */
  record Remark(String text, boolean trailing) implements Part {}
}
