package io.github.appaware.link;

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
 * What was denied while no server was there, for the record of the next one: each event with a
 * count, so that retries cannot exhaust memory. Origins are not kept, for the same reason. Safe for
 * all threads.
 */
final class UnreportedDenials {
  private static final class Count {
    final long since = System.currentTimeMillis();
    int times;
  }

  private final Map<Event, Count> events = new LinkedHashMap<>();

  /**
   * Counts one.
   *
   * @return false when there are too many others
   */
  synchronized boolean add(Event event) {
    Count count = events.get(event);
    if (count == null) {
      if (events.size() >= Timing.MOST_UNREPORTED) {
        return false;
      }
      count = new Count();
      events.put(event, count);
    }
    count.times++;
    return true;
  }

  /** What to report, in the order in which it began; none of it is left. */
  synchronized List<Message.Used> takeAll() {
    Verdict denied = Verdict.denied(Reason.Kind.UNREACHABLE);
    List<Message.Used> all = new ArrayList<>();
    for (Map.Entry<Event, Count> each : events.entrySet()) {
      Count count = each.getValue();
      all.add(new Message.Used(each.getKey(), Origin.UNKNOWN, denied, count.times, count.since));
    }
    events.clear();
    return all;
  }
}
