package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import java.util.BitSet;

/**
 * The TCP ports that the system chose for the processes of one run. A connect of the run to such a
 * port is told as one: by its number, no rule could match it in the next run. Safe for all threads.
 */
final class EphemeralPorts {
  private final BitSet ports = new BitSet();

  /** An agent tells of a socket that is about to listen. */
  void listens(Event event) {
    if (event instanceof Event.Inet inet
        && inet.kind() == EventKind.LISTEN
        && inet.protocol() == Protocol.TCP) {
      synchronized (ports) {
        ports.set(inet.port(), inet.ephemeral());
      }
    }
  }

  /**
   * The event as it is told: marked when it reaches for a process of the run at such a port. The
   * kernel says which process listens there; one that took over the port is another.
   */
  Event tell(Event event) {
    return event instanceof Event.Inet inet
            && inet.kind() == EventKind.CONNECT
            && inet.peer() != null
            && inet.peer().place() == Peer.Place.RUN
            && has(inet.port())
        ? inet.asEphemeral()
        : event;
  }

  private boolean has(int port) {
    synchronized (ports) {
      return ports.get(port);
    }
  }
}
