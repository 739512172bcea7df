package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;

/** A verdict that may be reused, and the number of uses that are not reported yet. */
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

  private final AtomicInteger unreported = new AtomicInteger();
  private volatile long since;

  private volatile LastUse lastUse;

  /** A thread, and what it used for which socket. */
  private static final class LastUse extends WeakReference<Thread> {
    /** Its identity; two sockets that share one are taken for the same. */
    final int socket;

    final CachedVerdict use;

    LastUse(Thread thread, Object socket, CachedVerdict use) {
      super(thread);
      this.socket = System.identityHashCode(socket);
      this.use = use;
    }

    boolean isOf(Thread thread, Object other) {
      return refersTo(thread) && socket == System.identityHashCode(other);
    }
  }

  /** The number of the connection it came over: the epochs of another may be equal. */
  private final int connection;

  CachedVerdict(Event event, Origin origin, Verdict verdict, int connection) {
    this.connection = connection;
    this.event = event;
    this.origin = origin;
    this.verdict = verdict;
  }

  /** Whether the policy that decided is in force. */
  boolean isOf(int current, int epoch) {
    return verdict.epoch() == epoch && connection == current;
  }

  /** The same verdict, used from elsewhere; uses are counted for each. */
  CachedVerdict from(Origin user) {
    return new CachedVerdict(event, user, verdict, connection);
  }

  /** What {@link #usedByThread} noted last, if that was on this thread with this socket. */
  CachedVerdict lastUseOfThread(Object socket) {
    LastUse last = lastUse;
    return last != null && last.isOf(Thread.currentThread(), socket) ? last.use : null;
  }

  void usedByThread(Object socket, CachedVerdict use) {
    lastUse = new LastUse(Thread.currentThread(), socket, use);
  }

  /** Counts one use; true when a report is to be announced. */
  boolean count() {
    if (unreported.get() == 0) {
      since = System.currentTimeMillis();
    }
    return unreported.getAndIncrement() == 0 || missed;
  }

  /** Takes the count, leaving none. */
  int take() {
    return unreported.getAndSet(0);
  }

  /** The report could not be sent. */
  void giveBack(int count) {
    int unused = unreported.addAndGet(count);
  }

  /** The time of the first unreported use, in milliseconds since 1970. */
  long since() {
    return since;
  }
}
