package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import java.util.concurrent.atomic.AtomicInteger;

/** A verdict that may be reused, and how often it was since the server was told last. */
final class CachedVerdict {
  final Event event;
  final Origin origin;
  final Verdict verdict;

  /** The next one in {@link CachedVerdictUses}, which alone looks after it. */
  CachedVerdict next;

  /** Whether it is there; likewise. */
  boolean listed;

  /** Whether noting a use failed half-way, so that the next one has to do it all. */
  volatile boolean missed;

  private final AtomicInteger untold = new AtomicInteger();
  private volatile long since;

  /** Which of the server's connections it came over: another one's epochs may be equal. */
  private final int line;

  CachedVerdict(Event event, Origin origin, Verdict verdict, int line) {
    this.line = line;
    this.event = event;
    this.origin = origin;
    this.verdict = verdict;
  }

  /** Whether the policy that decided is in force. */
  boolean isOf(int currentLine, int epoch) {
    return verdict.epoch() == epoch && line == currentLine;
  }

  /** Counts one use; true when the server is not yet about to be told. */
  boolean count() {
    if (untold.get() == 0) {
      since = System.currentTimeMillis();
    }
    return untold.getAndIncrement() == 0 || missed;
  }

  /** Takes the count, leaving none. */
  int take() {
    return untold.getAndSet(0);
  }

  /** The server could not be told. */
  void giveBack(int count) {
    int unused = untold.addAndGet(count);
  }

  /** When the first of the untold uses was, in milliseconds since 1970. */
  long since() {
    return since;
  }
}
