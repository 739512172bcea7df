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

  /** Tests kept; likewise. */
  private static final int MOST_TESTS = 64;

  /** A line of the record: a verdict's event, used by a library for a line of the application. */
  private static final class Line {
    private final CachedVerdict verdict;
    private final Origin.Source library;
    private final String module;
    private final Origin.Frame caller;
    private final int hash;

    Line(CachedVerdict verdict, Origin origin) {
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
      return other instanceof Line that
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

  /** By line, which several sites may share. */
  private final ConcurrentHashMap<Line, CachedVerdict> lines = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<CallSite, CachedVerdict> sites = new ConcurrentHashMap<>();

  /** Of each test its own: most places are used by one alone. */
  private final ConcurrentHashMap<String, CallSites> tests = new ConcurrentHashMap<>();

  /**
   * The verdict with the origin that uses it now, on the thread that does.
   *
   * @param test the test that the thread runs, or empty
   * @param by of datagrams the socket that sends, otherwise the thread's stack; or null
   */
  CachedVerdict from(CachedVerdict verdict, Origins origins, String test, Object by) {
    CallSites own = test.isEmpty() ? this : of(test);
    return isDatagram(verdict.event)
        ? own.send(verdict, origins, test, by)
        : own.use(verdict, origins, test, by);
  }

  private CallSites of(String test) {
    CallSites known = tests.get(test);
    if (known == null) {
      if (tests.size() >= MOST_TESTS) {
        tests.clear();
      }
      known = new CallSites();
      tests.put(test, known);
    }
    return known;
  }

  /**
   * A program may send a million of them a second: the stack is walked once as long as one thread
   * goes on with one socket and far end.
   */
  private CachedVerdict send(CachedVerdict verdict, Origins origins, String test, Object socket) {
    CachedVerdict use = verdict.lastUseOfThread(socket);
    if (use == null || !use.origin.test().equals(test)) {
      use = use(verdict, origins, test, null);
      verdict.usedByThread(socket, use);
    }
    return use;
  }

  private CachedVerdict use(CachedVerdict verdict, Origins origins, String test, Object stack) {
    CallSite site = origins.siteOf(verdict, stack);
    CachedVerdict use = sites.get(site);
    if (use == null) {
      use = atLine(verdict, origins.here().inTest(test));
      if (sites.size() >= MOST) {
        sites.clear();
      }
      sites.put(site, use);
    }
    return use;
  }

  private CachedVerdict atLine(CachedVerdict verdict, Origin origin) {
    if (lines.size() >= MOST) {
      lines.clear();
    }
    Line line = new Line(verdict, origin);
    CachedVerdict use = lines.get(line);
    if (use == null) {
      use = verdict.from(origin);
      CachedVerdict other = lines.putIfAbsent(line, use);
      use = other == null ? use : other;
    }
    return use;
  }

  private static boolean isDatagram(Event event) {
    return event.kind() == EventKind.SEND || event.kind() == EventKind.RECEIVE;
  }

  void clear() {
    sites.clear();
    lines.clear();
    tests.clear();
  }
}
