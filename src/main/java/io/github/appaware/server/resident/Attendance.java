package io.github.appaware.server.resident;

import io.github.appaware.server.ServerStatus.ConnectedClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells the administrator which agents and operators come and go: a name once, however many
 * connections it has, and gone only after a minute without any, as a host may start one run after
 * another. At most two lines each time, however many names there are. Called by one thread.
 */
final class Attendance {
  private static final Duration ABSENCE = Duration.ofSeconds(60);

  /** Names in one line. */
  private static final int MOST = 5;

  private final Consumer<String> log;
  private final LongSupplier nanoTime;

  /** When each was seen last. */
  private final Map<String, Long> present = new HashMap<>();

  /**
   * No client is there yet.
   *
   * @param nanoTime the time in nanoseconds, as {@link System#nanoTime}
   */
  Attendance(Consumer<String> log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /** To be called every second, with all that are connected; shorter visits are not told. */
  void report(List<ConnectedClient> connected) {
    long now = nanoTime.getAsLong();
    TreeMap<String, String> came = new TreeMap<>();
    for (ConnectedClient client : connected) {
      String name = client.role() + " `" + client.name() + "`";
      if (present.put(name, now) == null) {
        came.put(name, client.host());
      }
    }
    TreeSet<String> left = new TreeSet<>();
    for (Iterator<Map.Entry<String, Long>> i = present.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Long> each = i.next();
      if (now - each.getValue() >= ABSENCE.toNanos()) {
        left.add(each.getKey());
        i.remove();
      }
    }
    if (came.size() == 1) {
      log.accept("connected: " + came.firstKey() + " from " + came.firstEntry().getValue());
    } else if (!came.isEmpty()) {
      log.accept("connected: " + some(came.keySet()));
    }
    if (!left.isEmpty()) {
      log.accept("left: " + some(left));
    }
  }

  private static String some(Collection<String> names) {
    String text = String.join(", ", names.stream().limit(MOST).toList());
    return names.size() > MOST ? text + " and " + (names.size() - MOST) + " more" : text;
  }
}
