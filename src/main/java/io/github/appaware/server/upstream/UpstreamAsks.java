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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * What is asked above and has no answer yet. Each is told one verdict, whatever happens. Safe for
 * all threads.
 */
final class UpstreamAsks {
  /** What the server's answer may take longer than the person's. */
  private static final long TRAVEL = TimeUnit.SECONDS.toNanos(5);

  /** One that waits. */
  private static final class Pending {
    final Message.Ask ask;
    final LongConsumer person;
    final Consumer<Verdict> then;
    boolean isPersons;

    /** When a person's time is over. */
    long until;

    Pending(Message.Ask ask, LongConsumer person, Consumer<Verdict> then) {
      this.ask = ask;
      this.person = person;
      this.then = then;
    }

    void answer(Verdict verdict) {
      then.accept(verdict);
    }
  }

  private final Map<Long, Pending> waiting = new LinkedHashMap<>();
  private long ids;

  /** One more; the message that asks. */
  synchronized Message.Ask add(
      Event event, Origin origin, LongConsumer person, Consumer<Verdict> then) {
    Message.Ask ask = new Message.Ask(++ids, event, origin);
    waiting.put(ask.id(), new Pending(ask, person, then));
    return ask;
  }

  /** The server's verdict, or another one in its place; nothing when it is not waited for. */
  void decided(long id, Verdict verdict) {
    Pending pending;
    synchronized (this) {
      pending = waiting.remove(id);
    }
    if (pending != null) {
      pending.answer(verdict);
    }
  }

  /** The server asks a person. */
  void asked(long id, long millis) {
    Pending pending;
    synchronized (this) {
      pending = waiting.get(id);
      if (pending != null) {
        pending.isPersons = true;
        pending.until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) + TRAVEL;
      }
    }
    if (pending != null) {
      pending.person.accept(millis);
    }
  }

  /** What a person is asked, to be asked again on another connection. */
  synchronized List<Message> again() {
    List<Message> again = new ArrayList<>();
    waiting.values().forEach(pending -> again.add(pending.ask));
    return again;
  }

  /** Denies what no person is asked; which events these are. */
  List<Event> denyOthers() {
    return deny(pending -> !pending.isPersons, Reason.Kind.UNREACHABLE);
  }

  /** Denies what a person had the time to answer. */
  void denyOverdue() {
    long now = System.nanoTime();
    List<Event> unused =
        deny(pending -> pending.isPersons && pending.until - now < 0, Reason.Kind.TIMEOUT);
  }

  void denyAll() {
    List<Event> unused = deny(pending -> true, Reason.Kind.UNREACHABLE);
  }

  private List<Event> deny(Predicate<Pending> which, Reason.Kind why) {
    List<Pending> denied = new ArrayList<>();
    synchronized (this) {
      waiting.values().removeIf(pending -> which.test(pending) && denied.add(pending));
    }
    denied.forEach(pending -> pending.answer(Verdict.denied(why)));
    return denied.stream().map(pending -> pending.ask.event()).toList();
  }
}
