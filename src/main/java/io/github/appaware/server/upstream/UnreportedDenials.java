package io.github.appaware.server.upstream;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was denied because the server above was away, for its record: each event with how often, so
 * that a program that does not take no for an answer fills no memory. Who caused it is not kept,
 * for the same reason. Not safe for threads.
 */
final class UnreportedDenials {
  /** Different events; more are a gap in the record. */
  static final int MOST = 2_000;

  private static final Verdict DENIED = Verdict.denied(Reason.Kind.UNREACHABLE);

  private static final class Times {
    final long since;
    int count;

    Times(long since) {
      this.since = since;
    }
  }

  private final Map<Event, Times> events = new LinkedHashMap<>();

  /**
   * Counts one.
   *
   * @return false when there are too many others
   */
  boolean add(Event event, long now) {
    Times times = events.get(event);
    if (times == null) {
      if (events.size() >= MOST) {
        return false;
      }
      times = new Times(now);
      events.put(event, times);
    }
    times.count++;
    return true;
  }

  /** What to tell, in the order in which it began; none of it is left. */
  List<Message.Used> takeAll() {
    List<Message.Used> all = new ArrayList<>();
    events.forEach(
        (event, times) ->
            all.add(new Message.Used(event, Origin.UNKNOWN, DENIED, times.count, times.since)));
    events.clear();
    return all;
  }
}
