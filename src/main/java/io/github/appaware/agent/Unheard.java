package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was denied because no server was there, for the record of the next one: each event with how
 * often, so that an application that does not take no for an answer fills no memory. Safe for all
 * threads.
 */
final class Unheard {
  /**
   * Different events, with some room for threads that add at once; more are a gap in the record.
   */
  private static final int MOST = 1_000;

  private final ConcurrentHashMap<Event, CachedVerdict> events = new ConcurrentHashMap<>();

  /** What counts the event; null when there are too many others. */
  CachedVerdict of(Event event, Verdict denied) {
    CachedVerdict known = events.get(event);
    if (known != null || events.size() >= MOST) {
      return known;
    }
    CachedVerdict made = new CachedVerdict(event, Origin.UNKNOWN, denied, 0);
    CachedVerdict other = events.putIfAbsent(event, made);
    return other != null ? other : made;
  }

  /** A server is there, and is told. */
  void clear() {
    events.clear();
  }
}
