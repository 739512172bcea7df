package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells apart the uses of a verdict that does not depend on the origin: a record's line is about
 * one library, and one place of the application that led to it. Safe for all threads.
 */
final class CallSites {
  /** Places kept; past it all are dropped, and the next use of each begins another line. */
  private static final int MOST = 4_096;

  /** A verdict's event, used by a library on behalf of a place in the application. */
  private static final class Site {
    private final CachedVerdict verdict;
    private final Origin.Source library;
    private final String module;
    private final Origin.Frame caller;
    private final int hash;

    Site(CachedVerdict verdict, Origin origin) {
      Origin.Frame innermost = origin.library();
      this.verdict = verdict;
      this.library = innermost == null ? null : innermost.source();
      this.module = innermost == null ? null : innermost.module();
      this.caller = origin.complete() ? origin.frames().get(origin.frames().size() - 1) : null;
      int places = 31 * Objects.hashCode(library) + Objects.hashCode(module);
      this.hash = 31 * (31 * System.identityHashCode(verdict) + places) + Objects.hashCode(caller);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Site that
          && verdict == that.verdict
          && Objects.equals(library, that.library)
          && Objects.equals(module, that.module)
          && Objects.equals(caller, that.caller);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private final ConcurrentHashMap<Site, CachedVerdict> known = new ConcurrentHashMap<>();

  /** The verdict with the origin that uses it now, on the thread that does. */
  CachedVerdict from(CachedVerdict verdict, Origins origins) {
    boolean datagram = isDatagram(verdict.event);
    if (datagram) {
      CachedVerdict before = verdict.lastUseOfThread();
      if (before != null) {
        return before;
      }
    }
    Origin origin = origins.here();
    Site site = new Site(verdict, origin);
    CachedVerdict use = known.get(site);
    if (use == null) {
      if (known.size() >= MOST) {
        known.clear();
      }
      use = verdict.from(origin);
      CachedVerdict other = known.putIfAbsent(site, use);
      use = other == null ? use : other;
    }
    if (datagram) {
      verdict.usedByThread(use);
    }
    return use;
  }

  /**
   * A program may send a million of them a second: the stack is walked once as long as one thread
   * goes on with one far end.
   */
  private static boolean isDatagram(Event event) {
    return event.kind() == EventKind.SEND || event.kind() == EventKind.RECEIVE;
  }

  void clear() {
    known.clear();
  }
}
