package io.github.appaware.agent;

import io.github.appaware.link.LinkTime;

/** The time for which cached verdicts stay good without a server. Safe for all threads. */
final class Grace {
  private final long nanos;
  private final LinkTime time;
  private boolean away;
  private boolean refused;
  private boolean on;
  private long since;

  Grace(long nanos, LinkTime time) {
    this.nanos = nanos;
    this.time = time;
  }

  /**
   * There is no connection; none is granted to a process that the server refuses.
   *
   * @return whether the user does not know yet
   */
  synchronized boolean begin(boolean isRefused) {
    boolean news = !away || (isRefused && !refused);
    if (!away) {
      away = true;
      since = time.now();
      on = nanos > 0;
    }
    refused |= isRefused;
    on &= !isRefused;
    return news;
  }

  synchronized boolean isOn() {
    return on;
  }

  /** Nanoseconds until it is over; of no meaning while it is not on. */
  synchronized long left() {
    return on ? since + nanos - time.now() : Long.MAX_VALUE;
  }

  /** It is over. */
  synchronized void expire() {
    on = false;
  }

  /** There is a connection. */
  synchronized void end() {
    away = false;
    refused = false;
    on = false;
  }
}
