package io.github.appaware.server.resident;

import io.github.appaware.server.ClientConnection;
import io.github.appaware.trust.PeerIdentity;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A client on another host: its connection, and its identity if it has a certificate. */
final class RemoteClient {
  private final ClientConnection connection;
  private final String address;
  private final String host;
  private final AtomicReference<Long> rejectedAt = new AtomicReference<>();
  private volatile Optional<PeerIdentity> peer;

  /**
   * A client whose handshake succeeded.
   *
   * @param address with the port
   * @param peer empty for one without a certificate, which may only enrol
   */
  RemoteClient(ClientConnection connection, String address, Optional<PeerIdentity> peer) {
    this.connection = connection;
    this.address = address;
    this.host = host(address);
    this.peer = peer;
  }

  ClientConnection connection() {
    return connection;
  }

  Optional<PeerIdentity> peer() {
    return peer;
  }

  /** It renewed its certificate: the connection is good for as long as that is. */
  void renewed(PeerIdentity next) {
    peer = Optional.of(next);
  }

  /** As the administrator knows it. */
  String name() {
    return peer.map(known -> "`" + known.name() + "`").orElse(address);
  }

  /** The address without the port, which differs from connection to connection. */
  String host() {
    return host;
  }

  static String host(String address) {
    return address.replaceFirst(":[0-9]+$", "");
  }

  /**
   * From now on nothing counts that it sends: it can't know yet.
   *
   * @return false when it was rejected before
   */
  boolean reject() {
    return rejectedAt.compareAndSet(null, System.nanoTime());
  }

  boolean isRejected() {
    return rejectedAt.get() != null;
  }

  boolean isRejectedFor(long nanos) {
    Long since = rejectedAt.get();
    return since != null && System.nanoTime() - since > nanos;
  }
}
