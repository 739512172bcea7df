package io.github.appaware.server;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports at which processes of a run were found. Where nothing listens any more, the run itself
 * is still meant: the use of a cached verdict is told half a second later, and a program that has
 * closed its port meets its own closed port, as without appaware. Safe for all threads.
 */
final class OwnPorts {
  /** Beyond, the one that was found first is forgotten. */
  private static final int MOST = 1_000;

  private record Port(Protocol protocol, Address address, int number) {}

  private final Map<Port, Peer> found =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Port, Peer> eldest) {
          return size() > MOST;
        }
      };

  /** The event, with the run as its peer where none was found, and the last one was the run. */
  synchronized Event identify(Event event) {
    if (!(event instanceof Event.Inet inet) || inet.peer() == null) {
      return event;
    }
    Port port = new Port(inet.protocol(), inet.address(), inet.port());
    return switch (inet.peer().place()) {
      case NONE -> inet.withPeer(found.getOrDefault(port, Peer.NONE));
      case RUN -> {
        found.put(port, inet.peer());
        yield inet;
      }
      case OUTSIDE -> {
        found.remove(port);
        yield inet;
      }
      case UNKNOWN -> inet;
    };
  }
}
