package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;

/**
 * Finds the process at the other end of an event that does not leave the machine. Safe for all
 * threads.
 */
public interface PeerFinder {
  /**
   * A server that does not see the application's machine: a process is what another server that
   * does has found, and otherwise not known.
   */
  PeerFinder REMOTE = PeerFinder::told;

  /**
   * The event with the process that listens there now, whatever peer it had; without one where it
   * leaves the machine. Takes some ten microseconds, and milliseconds when a socket is new.
   *
   * @param application that causes the event
   * @param anew whether to look once more which processes have a socket that was seen before
   */
  Event find(Application application, Event event, boolean anew);

  /** Whether an event reaches for a socket on which a process waits. */
  static boolean isReaching(Event event) {
    return event.kind() == EventKind.CONNECT || event.kind() == EventKind.SEND;
  }

  private static Event told(Application application, Event event, boolean anew) {
    boolean isLocal =
        event instanceof Event.Unix
            || (event instanceof Event.Inet inet && inet.address().isLoopback());
    if (!isReaching(event) || (!isLocal && event.peer() == null)) {
      return event.withPeer(null);
    }
    return event.peer() == null || application.selfReported()
        ? event.withPeer(isLocal ? Peer.UNKNOWN : null)
        : event;
  }
}
