package io.github.appaware.report;

import io.github.appaware.record.Destination;
import io.github.appaware.record.RecordEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares a run with an earlier record: which {@linkplain Destination destinations} are new, and
 * which are gone. What was denied counts like what was allowed: the program tried it.
 */
public final class Baseline {
  private final Set<Destination> before = new HashSet<>();
  private final Map<Destination, long[]> now = new LinkedHashMap<>();
  private long uncertain;

  /**
   * A destination of the run.
   *
   * @param count how many events
   */
  public record Found(Destination destination, long count) {}

  /** Takes an entry of the earlier record. */
  public void known(RecordEntry entry) {
    if (!entry.cut()) {
      before.add(Destination.of(entry));
    }
  }

  /** Takes an entry of the run. */
  public void add(RecordEntry entry) {
    if (entry.cut()) {
      uncertain += entry.count();
      return;
    }
    now.computeIfAbsent(Destination.of(entry), none -> new long[1])[0] += entry.count();
  }

  /** What the earlier record does not have, in the order of the run. */
  public List<Found> fresh() {
    List<Found> fresh = new ArrayList<>();
    now.forEach(
        (destination, count) -> {
          if (!before.contains(destination)) {
            fresh.add(new Found(destination, count[0]));
          }
        });
    return fresh;
  }

  /** What the run does not have, sorted. */
  public List<Destination> gone() {
    return before.stream()
        .filter(each -> !now.containsKey(each))
        .sorted(Comparator.comparing(Destination::describe))
        .toList();
  }

  /** Events of the run that its record only counts: any of them may be new. */
  public long uncertain() {
    return uncertain;
  }
}
