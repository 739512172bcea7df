package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one run's summary says. Safe for all threads, which don't wait for each other on the way of
 * an allowed event: at a monitor that hundreds of threads pass, some would wait for long.
 */
final class SummaryCounts {
  /** More different denials than these are counted, not named. */
  private static final int NAMED = 5;

  private final LongAdder allowed = new LongAdder();
  private final LongAdder denied = new LongAdder();
  private final Set<String> denials = new LinkedHashSet<>();

  /** Whether so many are named that no other will be. */
  private volatile boolean full;

  void add(Event event, Verdict verdict, int count) {
    if (verdict.allowed()) {
      allowed.add(count);
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

  long allowed() {
    return allowed.sum();
  }

  long denied() {
    return denied.sum();
  }

  /** The first different denials: the event and why. */
  synchronized List<String> denials() {
    return new ArrayList<>(denials);
  }
}
