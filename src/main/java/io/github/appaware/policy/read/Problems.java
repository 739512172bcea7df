package io.github.appaware.policy.read;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the problems of all files, so that the user sees them all at once. */
final class Problems {
  private final Map<String, Integer> files = new HashMap<>();
  private final List<Problem> found = new ArrayList<>();

  /** Begins a file: problems are sorted by the order in which files begin. */
  void begin(String file) {
    files.putIfAbsent(file, files.size());
  }

  void add(Position at, String message, String help) {
    found.add(new Problem(at.file(), at.line(), at.column(), message, help));
  }

  void add(Position at, MalformedValue malformed) {
    add(at, malformed.getMessage(), malformed.help());
  }

  void add(Problem problem) {
    found.add(problem);
  }

  int count() {
    return found.size();
  }

  /** All of them, by file, line and column. */
  List<Problem> sorted() {
    found.sort(
        Comparator.comparingInt((Problem problem) -> files.get(problem.file()))
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column));
    return List.copyOf(found);
  }
}
