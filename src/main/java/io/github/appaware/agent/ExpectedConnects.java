package io.github.appaware.agent;

import io.github.appaware.event.Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Targets that were judged, for each of which another thread is going to connect to one proxy: once
 * to each of its addresses at most, as the next one is tried where one does not answer. Safe for
 * all threads.
 */
final class ExpectedConnects {
  /** Within this time, the other thread begins to connect. */
  private static final long LATEST = TimeUnit.SECONDS.toNanos(10);

  /** Longer than a person has to answer whether it may. */
  private static final long KEPT = TimeUnit.MINUTES.toNanos(5);

  /** Targets remembered; the oldest is forgotten first. */
  private static final int MOST = 1_024;

  private static final class Target {
    final long until;
    final List<Address> reached = new ArrayList<>(1);

    Target(long until) {
      this.until = until;
    }
  }

  private final ArrayDeque<Target> targets = new ArrayDeque<>();

  /** A target was judged, and is allowed; the time is {@link System#nanoTime}. */
  synchronized void add(long now) {
    forget(now);
    if (targets.size() >= MOST) {
      Target unused = targets.remove();
    }
    targets.add(new Target(now + LATEST));
  }

  /**
   * Whether a connect to this address belongs to one of them; it is used up then.
   *
   * @param began the time when the connect began
   */
  synchronized boolean take(Address address, long began) {
    for (Iterator<Target> each = targets.iterator(); each.hasNext(); ) {
      Target target = each.next();
      if (target.until - began > 0 && !target.reached.contains(address)) {
        return target.reached.add(address);
      }
    }
    return false;
  }

  private void forget(long now) {
    while (!targets.isEmpty() && targets.peek().until + KEPT - now <= 0) {
      Target unused = targets.remove();
    }
  }
}
