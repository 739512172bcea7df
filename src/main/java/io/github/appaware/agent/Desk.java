package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where events get their verdicts: from those of this epoch that may be reused, else from the
 * server. Without a server there is no verdict but denial, however often the event was allowed
 * before.
 *
 * <p>Safe for all threads; blocks the caller until there is a verdict, at most 30 seconds.
 */
final class Desk {
  /** Reusable verdicts kept; past it all are dropped, and asked for again. */
  private static final int MOST = 4_096;

  private final ConcurrentHashMap<Event, Reused> reusable = new ConcurrentHashMap<>();
  private volatile Connection connection;
  private volatile int epoch;

  /** Whether there ever was a verdict for any port of the far end. */
  private volatile boolean anyPort;

  /** Whether the JVM ends: from then on each event is asked for and so recorded at once. */
  private volatile boolean closing;

  void connect(Connection to) {
    connection = to;
  }

  /** Whether this is the agent's own thread, whose connection leads to the server. */
  boolean isOwn(Thread thread) {
    return connection.isOwn(thread);
  }

  Verdict judge(Event event) {
    Reused known = known(event);
    if (known != null && known.verdict.epoch() == epoch && !closing) {
      connection.used(known);
      return known.verdict;
    }
    Verdict verdict = connection.ask(event);
    if (verdict.epoch() == epoch) {
      if (verdict.reuse() == Verdict.Reuse.ENDPOINT) {
        keep(event, verdict);
      } else if (verdict.reuse() == Verdict.Reuse.PEER) {
        anyPort = true;
        keep(withoutPort(event), verdict);
      }
    }
    return verdict;
  }

  private Reused known(Event event) {
    Reused known = reusable.get(event);
    if (known != null || !anyPort) {
      return known;
    }
    Reused forPeer = reusable.get(withoutPort(event));
    return forPeer != null && forPeer.verdict.reuse().anyPort() ? forPeer : null;
  }

  private void keep(Event event, Verdict verdict) {
    if (reusable.size() >= MOST) {
      reusable.clear();
    }
    reusable.put(event, new Reused(event, verdict));
  }

  /** Stands for the event with any port of the far end, also in the record. */
  private static Event withoutPort(Event event) {
    return event instanceof Event.Inet inet ? inet.withPort(0) : event;
  }

  /** The policy changed; called by the connection in the order of arrival. */
  void epoch(int current) {
    epoch = current;
    reusable.clear();
  }

  /** The server is gone: no verdict of its may be used any more. */
  void lost() {
    epoch = -1;
    reusable.clear();
  }

  static Verdict unreachable() {
    return Verdict.denied(Reason.Kind.UNREACHABLE);
  }

  /** The JVM ends and the application has nothing more to say. */
  void close() {
    closing = true;
    connection.finish();
  }
}
