package io.github.appaware.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of all files, so that the user sees them all at once. */
final class Problems {
  private final List<String> files = new ArrayList<>();
  private final List<Problem> found = new ArrayList<>();
  private boolean unreadable;

  /** Says that what follows is about this file: problems come in the order of the files. */
  void begin(String file) {
    files.add(file);
  }

  void add(Spot at, String message, String help) {
    found.add(new Problem(at.file(), at.line(), at.column(), message, help));
  }

  void add(Spot at, MalformedValue malformed) {
    add(at, malformed.getMessage(), malformed.help());
  }

  /** Notes a problem that keeps the rest of its file from being read. */
  void addUnreadable(Spot at, String message, String help) {
    add(at, message, help);
    unreadable = true;
  }

  /** Whether some file's contents are unknown, so that nothing can be said to be missing. */
  boolean isAnyUnreadable() {
    return unreadable;
  }

  void throwIfAny() throws PolicyException {
    if (!found.isEmpty()) {
      found.sort(
          Comparator.comparingInt((Problem problem) -> files.indexOf(problem.file()))
              .thenComparingInt(Problem::line)
              .thenComparingInt(Problem::column));
      throw new PolicyException(found);
    }
  }
}
