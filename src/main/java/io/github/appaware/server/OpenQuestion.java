package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.QuestionMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A question and all asks that wait for its answer. Guarded by {@link QuestionQueue}. */
final class OpenQuestion {
  /** How long the time may stand still in all. */
  static final Duration MOST_ENGAGED = Duration.ofMinutes(10);

  final long id;
  final QuestionKey key;

  /** The verdict when no responder is left. */
  final Verdict unanswerable;

  final List<PendingAsk> asks = new ArrayList<>();

  /** What the asks cost to remember. */
  long bytes;

  /** Responders that left it to others. */
  final Set<ClientConnection> dismissed = new HashSet<>();

  /** Responders that were shown it, and are sent its end. */
  final Set<ClientConnection> notified = new HashSet<>();

  /** Ends it when the time to answer is over. */
  Future<?> timeout;

  /** How many asks it had, those that are decided included. */
  int tries;

  /** Whether what responders were shown of it is out of date. */
  boolean isStale;

  private final long total;

  /** It ends by then, however long a person has been answering. */
  private final long latest;

  private long deadline;

  /** The responder at which a person is answering; null for none. */
  private ClientConnection engaged;

  /** What was left when that began, in nanoseconds. */
  private long frozen;

  OpenQuestion(long id, QuestionKey key, long millis, Verdict unanswerable) {
    this.id = id;
    this.key = key;
    this.unanswerable = unanswerable;
    this.total = millis;
    this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    this.latest = deadline + MOST_ENGAGED.toNanos();
  }

  /** The time stands still; false when it does already, or can't any longer. */
  boolean engage(ClientConnection client) {
    long now = System.nanoTime();
    if (engaged != null || now - deadline >= 0) {
      return false;
    }
    engaged = client;
    frozen = deadline - now;
    deadline = latest;
    return true;
  }

  /** The responder left it: the time goes on. False when it was not the one. */
  boolean disengage(ClientConnection client) {
    if (engaged != client) {
      return false;
    }
    engaged = null;
    long now = System.nanoTime();
    deadline = now + Math.min(frozen, deadline - now);
    return true;
  }

  long remainingMillis() {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }

  void add(PendingAsk ask) {
    asks.add(ask);
    bytes += MemoryCost.of(ask);
  }

  void clear() {
    asks.clear();
    bytes = 0;
  }

  /** False when the ask was removed before. */
  boolean remove(PendingAsk ask) {
    boolean isRemoved = asks.remove(ask);
    bytes -= isRemoved ? MemoryCost.of(ask) : 0;
    return isRemoved;
  }

  /** The ask that responders see; there must be one. */
  PendingAsk first() {
    return asks.get(0);
  }

  QuestionMessage.Question message(AppStanding standing, int others, boolean elsewhere) {
    PendingAsk first = first();
    Application app = first.agent().application();
    Event shown = ProvenNames.of(app, first.event());
    return new QuestionMessage.Question(
        id,
        key.run().name(),
        key.run().machine(),
        Truncation.of(app),
        standing.standing(),
        Truncation.of(shown),
        first.origin(),
        tries,
        remainingMillis(),
        total,
        others,
        AnswerScopes.offers(shown, first.origin(), app.label()),
        standing.formerly(),
        elsewhere);
  }
}
