package io.github.appaware.server;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;

/**
 * What the kernel sees of an event: no names, no peer.
 *
 * @param protocol of Unix-domain sockets, as well
 * @param address null for those
 * @param path empty but for those
 */
record PassedEndpoint(EventKind kind, Protocol protocol, Address address, int port, String path) {
  static PassedEndpoint of(Event event) {
    if (event instanceof Event.Inet inet) {
      return new PassedEndpoint(inet.kind(), inet.protocol(), inet.address(), inet.port(), "");
    }
    if (event instanceof Event.Unix unix) {
      return new PassedEndpoint(unix.kind(), Protocol.UNIX, null, 0, unix.path());
    }
    return null;
  }

  PassedEndpoint at(Address other) {
    return new PassedEndpoint(kind, protocol, other, port, path);
  }
}
