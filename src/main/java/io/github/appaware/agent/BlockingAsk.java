package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import io.github.appaware.link.PendingAsk;
import io.github.appaware.link.Timing;
import java.util.concurrent.TimeUnit;

/**
 * A question that the application's thread waits for. Made and awaited by static methods of the
 * other type: the verifier would load both with the connection, which many programs never ask.
 */
final class BlockingAsk extends PendingAsk {
  private final PendingReply<Verdict> reply = new PendingReply<>();

  private BlockingAsk(Event event, Origin origin) {
    super(event, origin);
  }

  /** To be awaited by this thread. */
  static PendingAsk of(Event event, Origin origin) {
    return new BlockingAsk(event, origin);
  }

  /** The server's verdict, or a denial when none comes in time. */
  static Verdict await(PendingAsk asked, WaitingPlaces places) {
    Verdict verdict = ((BlockingAsk) asked).reply.await(Timing.ANSWER, places);
    return verdict != null ? verdict : VerdictCache.timeout();
  }

  @Override
  protected void answer(Verdict verdict) {
    reply.answer(verdict);
  }

  @Override
  protected void asked(long millis) {
    long person = Math.min(TimeUnit.MILLISECONDS.toNanos(millis), Timing.LONGEST_QUESTION);
    reply.extend(person + Timing.ANSWER);
  }
}
