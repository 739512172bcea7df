package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import io.github.appaware.wire.QuestionMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** An open question, and all asks that wait for its answer. Guarded by {@link QuestionQueue}. */
final class Question {
  /**
   * An agent's thread that waits.
   *
   * @param since {@link System#nanoTime} when it began to
   * @param asked whether it waits for a person
   */
  record Waiting(
      ClientConnection client, long ask, Event event, Origin origin, long since, boolean asked) {
    /** It waits for a person from now on. */
    Waiting forPerson() {
      return new Waiting(client, ask, event, origin, since, true);
    }

    /** Who asks, under the id that it has now. */
    ClientSession.Agent agent() {
      return (ClientSession.Agent) client.session().orElseThrow();
    }
  }

  /** What makes two asks the same question: all but the thread, the origin and the own port. */
  record Key(Run run, String file, String path, String sha256, String what) {
    static Key of(ClientSession.Agent agent, Event event) {
      Application app = agent.application();
      return new Key(agent.run(), app.file(), app.path(), app.sha256(), what(event));
    }

    /** Whether the same application asks. */
    boolean isOf(Key other) {
      return run == other.run
          && file.equals(other.file)
          && path.equals(other.path)
          && sha256.equals(other.sha256);
    }

    private static String what(Event event) {
      if (event instanceof Event.Inet inet && AnswerScopes.isLocal(inet.kind())) {
        return inet.kind() + " " + inet.protocol() + " " + inet.address() + " " + inet.port();
      }
      if (event instanceof Event.Inet inet && inet.kind().isInbound()) {
        String peer = inet.hosts().isEmpty() ? inet.address().toString() : inet.hosts().get(0);
        return inet.kind() + " " + inet.protocol() + " " + peer + " " + inet.localPort();
      }
      if (event instanceof Event.Inet inet) {
        String far = inet.hosts().isEmpty() ? inet.address().toString() : inet.hosts().get(0);
        return inet.kind() + " " + inet.protocol() + " " + far + " " + inet.port();
      }
      if (event instanceof Event.Resolve resolve) {
        return "resolve " + (resolve.host() != null ? resolve.host() : resolve.address());
      }
      if (event instanceof Event.Unix unix) {
        return unix.kind() + " unix " + unix.path();
      }
      return event.describe();
    }
  }

  final long id;
  final Key key;

  /** What becomes of it when there is nobody to ask. */
  final Verdict nobody;

  final List<Waiting> waiting = new ArrayList<>();

  /** What they cost to remember. */
  long bytes;

  /** Attendants that left it to others. */
  final Set<ClientConnection> dismissed = new HashSet<>();

  /** Those who know of it, and must hear of its end. */
  final Set<ClientConnection> told = new HashSet<>();

  /** Ends it when nobody answers. */
  Future<?> timeout;

  /** How often it was asked, answered ones included. */
  int tries;

  /** Whether attendants know an older state of it. */
  boolean isStale;

  private final long total;
  private final long deadline;

  Question(long id, Key key, long millis, Verdict nobody) {
    this.id = id;
    this.key = key;
    this.nobody = nobody;
    this.total = millis;
    this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  long left() {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }

  void add(Waiting one) {
    waiting.add(one);
    bytes += MemoryCost.of(one);
  }

  void clear() {
    waiting.clear();
    bytes = 0;
  }

  /** False when it waits no more. */
  boolean remove(Waiting one) {
    boolean isRemoved = waiting.remove(one);
    bytes -= isRemoved ? MemoryCost.of(one) : 0;
    return isRemoved;
  }

  /** What is shown of it: the first that waits. */
  Waiting first() {
    return waiting.get(0);
  }

  QuestionMessage.Question message(QuestionMessage.Standing standing, int others) {
    Waiting first = first();
    Application app = first.agent().application();
    return new QuestionMessage.Question(
        id,
        key.run().name(),
        key.run().machine(),
        Truncation.of(app),
        standing,
        Truncation.of(first.event()),
        first.origin(),
        tries,
        left(),
        total,
        others,
        AnswerScopes.offers(first.event(), first.origin(), app.label()));
  }
}
