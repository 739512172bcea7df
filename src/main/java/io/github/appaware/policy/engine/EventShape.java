package io.github.appaware.policy.engine;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Rule;

/**
 * The shape of an event as one bit: its kind, and whether it has an IP address, a path, a name to
 * be looked up or an address to be looked up. The shapes that a rule can match follow from its keys
 * and are computed once.
 */
final class EventShape {
  /** A look-up of a name, which has neither address nor port. */
  static final int FORWARD = 1 << 16;

  /** A peer with an address, of which a verdict may be reused for another port. */
  static final int INCOMING = inet(EventKind.ACCEPT) | inet(EventKind.RECEIVE);

  private static final int REVERSE = 1 << 17;

  private static final int TUNNEL = 1 << 18;

  private EventShape() {}

  static int of(Event event) {
    if (event instanceof Event.Inet) {
      return inet(event.kind());
    }
    if (event instanceof Event.Unix) {
      return unix(event.kind());
    }
    if (event instanceof Event.Resolve resolve) {
      return resolve.host() != null ? FORWARD : REVERSE;
    }
    if (event instanceof Tunnel) {
      return TUNNEL;
    }
    return 0; // blind events: no rule can name them
  }

  private static int inet(EventKind kind) {
    return switch (kind) {
      case RESOLVE -> 1;
      case CONNECT -> 1 << 1;
      case BIND -> 1 << 2;
      case LISTEN -> 1 << 3;
      case ACCEPT -> 1 << 4;
      case SEND -> 1 << 5;
      case RECEIVE -> 1 << 6;
      case BLIND -> 1 << 7;
    };
  }

  private static int unix(EventKind kind) {
    return inet(kind) << 8;
  }

  /** The shapes of the events that the rule can be about. */
  static int of(Rule rule) {
    boolean named = !rule.hosts().isEmpty() || !rule.hostLists().isEmpty();
    boolean addressed = !rule.addresses().isEmpty();
    boolean local = !rule.localPorts().isEmpty();
    boolean ported = local || !rule.ports().isEmpty();
    boolean pathed = !rule.paths().isEmpty();
    boolean overSome = !rule.protocols().isEmpty();
    boolean peered = !rule.peers().isEmpty();
    boolean proxied = !rule.through().isEmpty();
    int shapes = 0;
    if ((rule.events().isEmpty() || rule.events().contains(EventKind.CONNECT))
        && !pathed
        && !local
        && !peered) {
      shapes |= TUNNEL;
    }
    for (EventKind kind : EventKind.values()) {
      if (rule.events().isEmpty() || rule.events().contains(kind)) {
        boolean incoming = kind == EventKind.ACCEPT || kind == EventKind.RECEIVE;
        boolean hasFarEnd = kind != EventKind.BIND && kind != EventKind.LISTEN;
        if (proxied) {
          continue; // a direct one
        }
        if (peered && kind != EventKind.CONNECT && kind != EventKind.SEND) {
          continue; // only these reach for a process that listens
        }
        if (!pathed && (incoming || !local) && (hasFarEnd || !named)) {
          shapes |= inet(kind);
        }
        if (!named && !addressed && !ported) {
          shapes |= unix(kind);
        }
      }
    }
    if (rule.events().isEmpty() || rule.events().contains(EventKind.RESOLVE)) {
      boolean narrower = addressed || ported || overSome || peered || proxied;
      boolean said = rule.action() == Action.ALLOW || !rule.events().isEmpty();
      if (named ? said || !narrower : !narrower && !pathed) {
        shapes |= FORWARD;
      }
      if (!named && !ported && !overSome && !pathed && !peered && !proxied) {
        shapes |= REVERSE;
      }
    }
    return shapes;
  }
}
