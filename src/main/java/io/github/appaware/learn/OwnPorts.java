package io.github.appaware.learn;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.record.RecordEntry;
import java.util.HashSet;
import java.util.Set;

/**
 * The ports of a run's own processes: they listened there, or an event says that the run is at the
 * other end. What reaches one of them is the run's own affair also where the record does not say
 * so: a cached verdict's use is told half a second later, and the port may be closed by then.
 */
final class OwnPorts {
  /** A port of a run; another run's may be a stranger's. */
  private record Port(String run, Protocol protocol, int number) {}

  private static final Peer OWN = new Peer(Peer.Place.RUN, 0, "", "", "");

  /** More than a system chooses from. */
  private static final int MOST = 100_000;

  private final Set<Port> own = new HashSet<>();

  /** The entry's event, with the peer that is known now; entries must come in their order. */
  Event identify(RecordEntry entry) {
    if (!(entry.event() instanceof Event.Inet inet)) {
      return entry.event();
    }
    Port port = new Port(entry.run(), inet.protocol(), inet.port());
    boolean listens = inet.kind() == EventKind.LISTEN && entry.verdict().allowed();
    if ((listens || isOwn(inet.peer())) && own.size() < MOST) {
      own.add(port);
    }
    boolean known =
        Learner.isOutbound(inet.kind())
            && inet.peer() == null
            && inet.address().isLoopback()
            && own.contains(port);
    return known ? inet.withPeer(OWN) : inet;
  }

  private static boolean isOwn(Peer peer) {
    return peer != null && peer.place() == Peer.Place.RUN;
  }
}
