package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.Peer;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Work that a run hands over to processes outside of it: an allowed connection over loopback or a
 * Unix-domain socket to a process that this run's policy does not judge. Counted for the run's
 * summary, unless a rule or an answer names the peer.
 *
 * <p>The peer is looked up when the server decides, and once more shortly after: another process
 * may have taken the place in between. A cached verdict costs nothing: the peer of its uses is
 * looked up when they are reported. Safe for all threads.
 */
final class Handovers implements Closeable {
  /** After the verdict went out: by then a program has connected, if it does at all. */
  private static final Duration AFTER = Duration.ofMillis(50);

  /** Looks that wait at a time; a run that connects faster than that is looked at less often. */
  private static final int MOST_WAITING = 20;

  /** Looks that are remembered; beyond, all are forgotten. */
  private static final int MOST_KNOWN = 1_000;

  /** How long the end of a run waits for them: the launcher waits for its summary. */
  private static final Duration MOST_AT_END = Duration.ofSeconds(1);

  /** Between two looks at the same, which take the kernel milliseconds. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private record Look(ClientSession.AgentSession agent, Event event) {}

  private final PeerFinder finder;
  private final Map<Look, Predicate<Event>> waiting = new ConcurrentHashMap<>();

  /** When they were last looked at again. */
  private final Map<Look, Long> looked = new ConcurrentHashMap<>();

  private final ScheduledExecutorService timer = DaemonThreads.timer("peers");

  Handovers(PeerFinder finder) {
    this.finder = finder;
  }

  /** The event with the process at the other end. */
  Event identify(ClientSession.AgentSession agent, Event event) {
    return PeerFinder.isReaching(event)
        ? agent.run().ownPorts().identify(finder.find(agent.application(), event, false))
        : event.withPeer(null);
  }

  /**
   * An event was allowed by a verdict of now.
   *
   * @param isNamed whether a rule or an answer that names the peer allows an event
   */
  void allowed(ClientSession.AgentSession agent, Event event, Predicate<Event> isNamed) {
    Peer peer = event.peer();
    if (peer == null || peer.place() == Peer.Place.UNKNOWN) {
      return;
    }
    if (peer.isOutside()) {
      if (!isNamed.test(event)) {
        agent.run().counts().handOver(event, 1);
      }
    } else if (waiting.size() < MOST_WAITING) {
      Look look = new Look(agent, event);
      if (!isLookedAt(look) && waiting.putIfAbsent(look, isNamed) == null) {
        var unused = timer.schedule(() -> lookAgain(look), AFTER.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private boolean isLookedAt(Look look) {
    Long last = looked.get(look);
    return last != null && System.nanoTime() - last < PAUSE.toNanos();
  }

  /** An event was allowed by a cached verdict, which no rule with a peer had a part in. */
  void reused(ClientSession.AgentSession agent, Event event, int count) {
    if (event.peer() != null && event.peer().isOutside()) {
      agent.run().counts().handOver(event, count);
    }
  }

  private void lookAgain(Look look) {
    Predicate<Event> isNamed = waiting.remove(look);
    if (isNamed == null) {
      return; // done already, as the run ended
    }
    if (looked.size() >= MOST_KNOWN) {
      looked.clear();
    }
    looked.put(look, System.nanoTime());
    ClientSession.AgentSession agent = look.agent();
    Event now = finder.find(agent.application(), look.event(), true);
    if (now.peer() != null && now.peer().isOutside() && !isNamed.test(now)) {
      agent.run().counts().handOver(now, 1);
    }
  }

  /** The run's target has ended: looks at once where that was still to be done. */
  void settle(Run run) {
    List<Look> open = new ArrayList<>();
    waiting.keySet().stream().filter(look -> look.agent().run() == run).forEach(open::add);
    long end = System.nanoTime() + MOST_AT_END.toNanos();
    for (Look look : open) {
      if (System.nanoTime() - end < 0) {
        lookAgain(look);
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
