package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What an answer of "once" covers besides the event itself: a name is looked up to be connected to,
 * and a socket is bound to listen. So the connects of the same process to that name follow the
 * look-up, each address and port once, all to one port; and the listen follows the bind. Nothing
 * follows a denial. Safe for all threads.
 */
final class FollowUps {
  /** The answers that are remembered; of more, the oldest are asked about again. */
  private static final int MOST = 100;

  /** A program that has a name connects soon, or asks again. */
  private static final long NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanos;
  private final Deque<FollowUp> open = new ArrayDeque<>();

  FollowUps(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** One allowed event of one process. */
  private static final class FollowUp {
    private final ClientConnection client;
    private final Event event;
    private final String user;
    private final long since;
    private final Set<Event> used = new HashSet<>();
    private int port = -1;

    FollowUp(ClientConnection client, Event event, String user, long since) {
      this.client = client;
      this.event = event;
      this.user = user;
      this.since = since;
    }

    boolean covers(Event next) {
      if (!(next instanceof Event.Inet inet)) {
        return false;
      }
      if (event instanceof Event.Resolve resolve) {
        boolean follows = inet.kind() == EventKind.CONNECT || inet.kind() == EventKind.SEND;
        return follows && resolve.host().equals(inet.host()) && !isHandedOver(inet) && use(inet);
      }
      Event.Inet bound = (Event.Inet) event;
      return inet.kind() == EventKind.LISTEN
          && inet.protocol() == bound.protocol()
          && inet.address().equals(bound.address())
          && (bound.ephemeral() ? inet.ephemeral() : inet.port() == bound.port())
          && use(inet);
    }

    /** That a process outside of the run is reached is news: the look-up did not show it. */
    private static boolean isHandedOver(Event.Inet inet) {
      return inet.peer() != null && inet.peer().isOutside();
    }

    private boolean use(Event.Inet inet) {
      if (port < 0 || event.kind() == EventKind.BIND) {
        port = inet.port();
      }
      return port == inet.port() && used.add(inet.withPeer(null));
    }
  }

  /** A person allowed the event once. */
  synchronized void allowed(ClientConnection client, Event event, String user) {
    boolean name = event instanceof Event.Resolve resolve && resolve.host() != null;
    boolean socket = event instanceof Event.Inet && event.kind() == EventKind.BIND;
    if (name || socket) {
      open.addLast(new FollowUp(client, event, user, nanos.getAsLong()));
      if (open.size() > MOST) {
        open.removeFirst();
      }
    }
  }

  /** The user whose answer covers the event; null if none does. */
  synchronized String take(ClientConnection client, Event event) {
    long now = nanos.getAsLong();
    open.removeIf(each -> now - each.since > NANOS || each.client.isGone());
    for (Iterator<FollowUp> all = open.iterator(); all.hasNext(); ) {
      FollowUp each = all.next();
      if (each.client == client && each.covers(event)) {
        if (each.event.kind() == EventKind.BIND) {
          all.remove(); // one socket
        }
        return each.user;
      }
    }
    return null;
  }
}
