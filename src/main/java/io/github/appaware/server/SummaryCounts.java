package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of a run's summary. Safe for all threads. Allowed events take no lock: at a monitor
 * that hundreds of threads enter, some would wait long.
 */
final class SummaryCounts {
  /** Different denials that are named; more are only counted. */
  private static final int NAMED = 5;

  private final LongAdder allowed = new LongAdder();
  private final LongAdder blind = new LongAdder();
  private final LongAdder denied = new LongAdder();
  private final Set<String> denials = new LinkedHashSet<>();
  private final LongAdder handedOver = new LongAdder();
  private final Set<String> handovers = new LinkedHashSet<>();

  /** Whether no further denial will be named. */
  private volatile boolean full;

  void add(Event event, Verdict verdict, int count) {
    if (verdict.allowed()) {
      allowed.add(count);
      if (event.kind() == EventKind.BLIND) {
        blind.add(count);
      }
      return;
    }
    denied.add(count);
    if (!full) {
      name(verdict.reason().describe(event.describe()));
    }
  }

  private synchronized void name(String denial) {
    if (denials.size() < NAMED) {
      denials.add(denial);
    }
    full = denials.size() == NAMED;
  }

  /** An event with a peer outside of the run was allowed without being allowed as such. */
  void handOver(Event event, int count) {
    handedOver.add(count);
    synchronized (this) {
      if (handovers.size() < NAMED) {
        handovers.add(event.describe() + ": " + event.peer().describe());
      }
    }
  }

  long handedOver() {
    return handedOver.sum();
  }

  /** The first different ones: the event and its peer. */
  synchronized List<String> handovers() {
    return new ArrayList<>(handovers);
  }

  long allowed() {
    return allowed.sum();
  }

  /** Those of the allowed events that are blind. */
  long blind() {
    return blind.sum();
  }

  long denied() {
    return denied.sum();
  }

  /** The first different denials: the event and why. */
  synchronized List<String> denials() {
    return new ArrayList<>(denials);
  }
}
