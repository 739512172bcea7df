package io.github.appaware.link;

import io.github.appaware.event.Event;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.WireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What was asked and has no answer yet. Each is given one verdict, whatever happens. When the
 * connection breaks, questions to a person wait on and are asked again on the next one; all others
 * are denied. Safe for all threads.
 */
final class PendingAsks {
  private final Map<Long, PendingAsk> waiting = new LinkedHashMap<>();
  private long ids;

  synchronized void add(PendingAsk ask) {
    ask.id = ++ids;
    waiting.put(ask.id, ask);
  }

  /**
   * Asks.
   *
   * @return null, or the denial when that can't be sent
   */
  Verdict offer(PendingAsk ask, Outbox outbox) {
    boolean asked = false;
    add(ask); // before it is sent: the answer can be faster than this thread
    try {
      asked = outbox.offer(ask.frame(), false);
      return asked ? null : Verdict.denied(Reason.Kind.TIMEOUT);
    } catch (WireException e) {
      return Verdict.denied(Reason.Kind.INTERNAL); // an event too large to be asked about
    } finally {
      if (!asked) {
        remove(ask);
      }
    }
  }

  /** It does not wait any more. */
  synchronized void remove(PendingAsk ask) {
    waiting.remove(ask.id);
  }

  private synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  private synchronized PendingAsk take(long id) {
    return waiting.remove(id);
  }

  /** The server's verdict; nothing when it is not waited for. */
  void decided(long id, Verdict verdict) {
    PendingAsk ask = take(id);
    if (ask != null) {
      ask.answer(verdict);
    }
  }

  /** The server asks a person. */
  void asked(long id, long millis, long now) {
    PendingAsk ask;
    synchronized (this) {
      ask = waiting.get(id);
      if (ask != null) {
        ask.isPersons = true;
        long person = Math.min(TimeUnit.MILLISECONDS.toNanos(millis), Timing.LONGEST_QUESTION);
        ask.until = now + person + Timing.TRANSIT;
      }
    }
    if (ask != null) {
      ask.asked(millis);
    }
  }

  /** Puts all that wait into an outbox, in front of everything else. */
  synchronized void askAgain(Outbox outbox) throws WireException {
    if (waiting.isEmpty()) {
      return;
    }
    List<PendingAsk> all = new ArrayList<>(waiting.values());
    for (int i = all.size() - 1; i >= 0; i--) {
      outbox.addFirst(all.get(i).frame());
    }
  }

  /** Denies what no person is asked. */
  List<Event> denyOthers() {
    return deny(false, true, 0, Reason.Kind.UNREACHABLE);
  }

  /** Denies all: the server would not take them from this client again. */
  List<Event> denyRefused() {
    return deny(true, true, Long.MAX_VALUE, Reason.Kind.REFUSED);
  }

  /** Denies what a person had the time to answer. */
  void denyOverdue(long now) {
    List<Event> unused = deny(true, false, now, Reason.Kind.TIMEOUT);
  }

  void denyAll() {
    if (!isEmpty()) { // or the end of a process would load the classes of verdicts
      List<Event> unused = deny(true, true, Long.MAX_VALUE, Reason.Kind.UNREACHABLE);
    }
  }

  /** An Error on the way leaves those that are not answered yet waiting: there is a next time. */
  private List<Event> deny(boolean persons, boolean others, long now, Reason.Kind why) {
    List<PendingAsk> denied = new ArrayList<>();
    synchronized (this) {
      for (PendingAsk ask : waiting.values()) {
        boolean over = now == Long.MAX_VALUE || ask.until - now < 0;
        if (ask.isPersons ? persons && over : others) {
          denied.add(ask);
        }
      }
    }
    Verdict verdict = Verdict.denied(why);
    List<Event> events = new ArrayList<>(denied.size());
    for (PendingAsk ask : denied) {
      if (take(ask.id) != null) {
        events.add(ask.event());
        ask.answer(verdict);
      }
    }
    return events;
  }
}
