package io.github.appaware.policy.engine;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.EmbeddedAddresses;
import io.github.appaware.policy.model.Glob;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One event, laid out for the engine. It is the only object that a decision allocates, so loops
 * over its parts use indexes, not iterators.
 */
final class Query {
  final Application app;

  /** The application's, as patterns are compared with it. */
  final String machine;

  /** Ids of the groups that the application is in. */
  final Set<String> groups;

  final Origin origin;
  final Instant now;

  /** The one bit of {@link EventShape} that the event has, or 0 when no rule can be about it. */
  final int shape;

  /** Null for a look-up. */
  final Protocol protocol;

  /** The name that was asked for, the only one that a rule's host can match; or null. */
  final String host;

  /** Where there is none, the known names of the far end. */
  final List<String> names;

  /** Whether no rule that allows can match the name or the names: they prove nothing. */
  private final boolean namesChanged;

  /** Whether a denial can match known names: many names lead to the loopback address. */
  final boolean denyKnown;

  /** What a rule's address can match, or null. */
  final Address address;

  /** What the address of a rule that does not allow can match besides. */
  final List<Address> embedded;

  /** The other form of a wildcard to listen on, which any rule can match besides; else null. */
  final Address otherForm;

  final int port;
  final int localPort;

  /** Whether the system chose {@link #port}. */
  final boolean ephemeral;

  /** Whether the system chose {@link #localPort}. */
  final boolean ephemeralLocal;

  /** The path that a rule's path can match, or null; and the one that a denial can match, too. */
  final String path;

  final String given;

  /** The process at the other end, or null. */
  final Peer peer;

  /** What is behind a proxy, with it; or null. */
  final Tunnel tunnel;

  /**
   * Whether ports, origins and peers are taken to match, to find out if the decision depends on
   * them.
   */
  private boolean anyPort;

  private boolean anyOrigin;
  private boolean anyPeer;

  private static final Address WILDCARD6 = Address.of(new byte[16]);

  /**
   * The query of an event.
   *
   * @param groups ids of those that the application is in
   * @param event with its names in normal form
   */
  Query(Application app, Set<String> groups, Event event, Origin origin, Instant now) {
    this.app = app;
    this.machine = Glob.normalMachine(app.machine());
    this.groups = groups;
    this.origin = origin;
    this.now = now;
    this.namesChanged = app.changesNames();
    this.shape = EventShape.of(event);
    boolean chosen = event instanceof Event.Inet own && own.ephemeral();
    this.ephemeral = chosen && !event.kind().isInbound();
    this.ephemeralLocal = chosen && event.kind().isInbound();
    this.peer = event.peer();
    this.tunnel = event instanceof Tunnel behind ? behind : null;
    if (event instanceof Event.Inet inet) {
      boolean local = inet.kind() == EventKind.BIND || inet.kind() == EventKind.LISTEN;
      protocol = inet.protocol();
      host = local ? null : inet.host();
      names = local ? List.of() : inet.names();
      address = inet.address();
      denyKnown = !address.isLoopback();
      otherForm = local && address.isWildcard() ? WILDCARD6 : null;
      port = inet.port();
      localPort = inet.localPort();
      path = null;
      given = null;
    } else if (tunnel != null) {
      protocol = Protocol.TCP;
      host = tunnel.host();
      names = tunnel.names();
      address = tunnel.address();
      denyKnown = address != null && !address.isLoopback();
      otherForm = null;
      port = tunnel.port();
      localPort = 0;
      path = null;
      given = null;
    } else if (event instanceof Event.Unix unix) {
      protocol = Protocol.UNIX;
      host = null;
      names = List.of();
      denyKnown = false;
      address = null;
      otherForm = null;
      port = 0;
      localPort = 0;
      path = unix.path();
      given = unix.given();
    } else {
      protocol = null;
      host = event instanceof Event.Resolve resolve ? resolve.host() : null;
      names = List.of();
      denyKnown = false;
      address = event instanceof Event.Resolve resolve ? resolve.address() : null;
      otherForm = null;
      port = 0;
      localPort = 0;
      path = null;
      given = null;
    }
    embedded = address == null ? List.of() : EmbeddedAddresses.of(address);
  }

  /** From now on, every port of the far end, and every origin, is taken to match. */
  void takeAny(boolean everyPort, boolean everyOrigin) {
    anyPort = everyPort;
    anyOrigin = everyOrigin;
  }

  /** From now on, every peer, and every origin, is taken to match. */
  void takeAnyPeer() {
    anyPeer = true;
    anyOrigin = true;
  }

  void takeOwnPeer() {
    anyPeer = false;
    anyOrigin = false;
  }

  boolean isAnyPeer() {
    return anyPeer;
  }

  boolean isAnyOrigin() {
    return anyOrigin;
  }

  boolean isAnyPort() {
    return anyPort;
  }

  /** How many names there are that some rule's host can match. */
  int hostCount() {
    return host != null ? 1 : names.size();
  }

  /** How many of them a rule with this action can match: all or none. */
  int hostCount(Action action) {
    if (action == Action.ALLOW && namesChanged) {
      return 0;
    }
    return host == null && action != Action.ALLOW && !denyKnown ? 0 : hostCount();
  }

  String host(int index) {
    return host != null ? host : names.get(index);
  }
}
