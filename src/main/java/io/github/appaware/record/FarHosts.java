package io.github.appaware.record;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Tunnel;
import java.util.Optional;

/** The name of the far end of an event, as lists and summaries have it. */
public final class FarHosts {
  private FarHosts() {}

  /**
   * The name of the far end, else its address; of other events what they are about. Hostile text.
   */
  public static String orEndpoint(Event event) {
    if (event instanceof Event.Inet inet) {
      return inet.host() != null ? inet.host() : inet.address().toString();
    }
    if (event instanceof Event.Resolve resolve && resolve.host() != null) {
      return resolve.host();
    }
    if (event instanceof Tunnel tunnel && tunnel.host() != null) {
      return tunnel.host();
    }
    if (event instanceof Tunnel tunnel) {
      return tunnel.isUnknown() ? tunnel.target() : tunnel.address().toString();
    }
    return event.endpoint();
  }

  /** The same of events that have a far end with a name or an address. */
  public static Optional<String> of(Event event) {
    boolean local = event.kind() == EventKind.BIND || event.kind() == EventKind.LISTEN;
    boolean named = event instanceof Event.Inet || event instanceof Event.Resolve;
    return (named && !local) || event instanceof Tunnel
        ? Optional.of(orEndpoint(event))
        : Optional.empty();
  }
}
