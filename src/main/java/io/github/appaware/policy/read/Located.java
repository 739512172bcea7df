package io.github.appaware.policy.read;

import java.util.List;

/** A value that was read, and its position. */
record Located<T>(T value, Position at) {
  /** The values alone, each once. */
  static <T> List<T> values(List<Located<T>> located) {
    return located.stream().map(Located::value).distinct().toList();
  }
}
