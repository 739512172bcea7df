package io.github.appaware.learn;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.record.StableNames;

/**
 * What an event is about, in the words of a rule.
 *
 * @param form which key of a rule names it
 * @param text the value
 */
record FarEnd(Form form, String text) {
  /** The key. */
  enum Form {
    HOST,
    ADDRESS,
    PATH,
    /** Another program's way to a proxy, of which nothing is known. */
    UNKNOWN_TARGET,
    /** The peer of a Unix-domain socket, which has no path. */
    UNNAMED
  }

  private static final String LOOPBACK = "loopback";

  /** Of an event; null where no rule can name it, so that it can't be learned. */
  static FarEnd of(Application app, Event event) {
    if (event instanceof Event.Inet inet) {
      if (inet.kind().isInbound()) {
        return address(inet.address(), true);
      }
      String name =
          inet.host() != null ? inet.host() : inet.names().stream().findFirst().orElse(null);
      return name == null || app.changesNames() || !isHost(name)
          ? address(inet.address(), false)
          : new FarEnd(Form.HOST, name);
    }
    if (event instanceof Event.Resolve resolve) {
      if (resolve.host() == null) {
        return address(resolve.address(), false);
      }
      return app.changesNames() || !isHost(resolve.host())
          ? null
          : new FarEnd(Form.HOST, resolve.host());
    }
    if (event instanceof Tunnel tunnel) {
      return tunnel(app, tunnel);
    }
    if (event instanceof Event.Unix unix) {
      return path(unix);
    }
    return null;
  }

  private static FarEnd tunnel(Application app, Tunnel tunnel) {
    if (tunnel.isUnknown()) {
      return new FarEnd(Form.UNKNOWN_TARGET, "unknown-target");
    }
    String name =
        tunnel.host() != null ? tunnel.host() : tunnel.names().stream().findFirst().orElse(null);
    if (name != null && !app.changesNames() && isHost(name)) {
      return new FarEnd(Form.HOST, name);
    }
    return tunnel.address() == null ? null : address(tunnel.address(), false);
  }

  private static FarEnd address(Address address, boolean peer) {
    return new FarEnd(Form.ADDRESS, peer && address.isLoopback() ? LOOPBACK : address.toString());
  }

  /** A rule without a path is about every path: only for peers, which mostly have none. */
  private static FarEnd path(Event.Unix unix) {
    String path = unix.path();
    if (path.isEmpty()) {
      return unix.kind().isInbound() ? new FarEnd(Form.UNNAMED, "") : null;
    }
    return isLiteral(path) ? new FarEnd(Form.PATH, StableNames.of(path)) : null;
  }

  /** Whether a rule's {@code host} can be just that. */
  private static boolean isHost(String name) {
    try {
      HostPattern pattern = HostPattern.parse(name);
      return !pattern.below() && pattern.name().equals(name);
    } catch (MalformedValue e) {
      return false;
    }
  }

  /** Patterns know no way to say a star that is just a star. */
  static boolean isLiteral(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '*' && c != '?');
  }
}
