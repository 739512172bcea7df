package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one run's summary says. Safe for all threads. */
final class Tally {
  /** More different denials than these are counted, not named. */
  private static final int NAMED = 5;

  private final Set<String> denials = new LinkedHashSet<>();
  private long allowed;
  private long denied;

  synchronized void add(Event event, Verdict verdict, int count) {
    if (verdict.allowed()) {
      allowed += count;
      return;
    }
    denied += count;
    if (denials.size() < NAMED) {
      denials.add(verdict.reason().describe(event.describe()));
    }
  }

  synchronized long allowed() {
    return allowed;
  }

  synchronized long denied() {
    return denied;
  }

  /** The first different denials: the event and why. */
  synchronized List<String> denials() {
    return new ArrayList<>(denials);
  }
}
