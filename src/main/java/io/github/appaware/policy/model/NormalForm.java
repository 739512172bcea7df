package io.github.appaware.policy.model;

import io.github.appaware.event.Event;
import io.github.appaware.event.HostName;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Tunnel;
import java.util.List;

/**
 * The normal form of events' host names. Events should have it already, but a deny rule must not
 * depend on that, so each decision checks it, with one pass over each name.
 */
public final class NormalForm {
  private NormalForm() {}

  public static Event of(Event event) {
    if (event instanceof Event.Inet inet) {
      if (inet.host() != null) {
        return HostName.isNormal(inet.host()) ? inet : inet.withHost(HostName.normal(inet.host()));
      }
      return areNormal(inet.names())
          ? inet
          : inet.withNames(inet.names().stream().map(HostName::normal).toList());
    }
    if (event instanceof Tunnel tunnel) {
      return tunnel(tunnel);
    }
    if (event instanceof Event.Resolve resolve
        && resolve.host() != null
        && !HostName.isNormal(resolve.host())) {
      return new Event.Resolve(HostName.normal(resolve.host()), null);
    }
    return event;
  }

  private static Event tunnel(Tunnel tunnel) {
    Proxy proxy = tunnel.through();
    Tunnel through =
        proxy.host() == null || HostName.isNormal(proxy.host())
            ? tunnel
            : tunnel.withThrough(
                new Proxy(HostName.normal(proxy.host()), proxy.address(), proxy.port()));
    if (through.host() != null) {
      return HostName.isNormal(through.host())
          ? through
          : through.withHost(HostName.normal(through.host()));
    }
    return areNormal(through.names())
        ? through
        : through.withNames(through.names().stream().map(HostName::normal).toList());
  }

  private static boolean areNormal(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (!HostName.isNormal(names.get(i))) {
        return false;
      }
    }
    return true;
  }
}
