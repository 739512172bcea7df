package io.github.appaware.compat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What the runs of one subject on one JDK showed.
 *
 * @param differences between the plain run and the one with everything allowed
 * @param denied the kinds of events that were denied
 * @param escapes what went out, or went on, though it was denied
 * @param skipped why nothing was run; empty otherwise
 */
record Finding(
    String name,
    String version,
    int jdk,
    List<String> differences,
    Collection<String> denied,
    Collection<String> escapes,
    Duration plain,
    Duration with,
    String skipped) {

  Finding {
    differences = List.copyOf(differences);
    denied = List.copyOf(new TreeSet<>(denied));
    escapes = List.copyOf(escapes);
  }

  static Finding skipped(Subject subject, int jdk, String why) {
    return new Finding(
        subject.name(),
        subject.version(),
        jdk,
        List.of(),
        List.of(),
        List.of(),
        Duration.ZERO,
        Duration.ZERO,
        why);
  }

  String equal() {
    return skipped.isEmpty() ? (differences.isEmpty() ? "yes" : "**no**") : "skipped: " + skipped;
  }

  String blocked() {
    if (!skipped.isEmpty()) {
      return "";
    }
    return escapes.isEmpty()
        ? "yes: " + String.join(", ", denied)
        : "**no**: " + String.join(", ", escapes);
  }
}
