package io.github.appaware.server.resident;

import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.ServerStatus;
import io.github.appaware.trust.PeerIdentity;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The clients that are connected. Safe for all threads. */
final class RemoteClients {
  /** Clients without a certificate may only enrol, which takes a moment: this many at a time. */
  private static final int MAX_UNENROLLED = 64;

  /** From one host, which so can't keep others from enrolling. */
  private static final int MAX_UNENROLLED_PER_HOST = MAX_UNENROLLED / 2;

  private final Map<ClientConnection, RemoteClient> clients = new ConcurrentHashMap<>();

  void add(RemoteClient client) {
    clients.put(client.connection(), client);
  }

  void remove(ClientConnection connection) {
    clients.remove(connection);
  }

  /** Empty once the client is gone. */
  Optional<RemoteClient> of(ClientConnection connection) {
    return Optional.ofNullable(clients.get(connection));
  }

  Collection<RemoteClient> all() {
    return clients.values();
  }

  int size() {
    return clients.size();
  }

  /** Those with a certificate, a name with one role and host once; by name. */
  List<ServerStatus.ConnectedClient> connected() {
    Map<String, ServerStatus.ConnectedClient> connected = new TreeMap<>();
    for (RemoteClient client : all()) {
      Optional<PeerIdentity> peer = client.peer();
      if (peer.isPresent() && !client.isRejected()) {
        String name = peer.get().name();
        String role = peer.get().role().label();
        connected.merge(
            name + " " + role + " " + client.host(),
            new ServerStatus.ConnectedClient(name, role, client.host(), 1),
            (known, one) ->
                new ServerStatus.ConnectedClient(
                    name, role, known.host(), known.connections() + 1));
      }
    }
    return List.copyOf(connected.values());
  }

  /** Whether no client without a certificate may come from that address now. */
  boolean isFullForUnenrolled(String address) {
    String host = RemoteClient.host(address);
    List<RemoteClient> unenrolled =
        all().stream().filter(client -> client.peer().isEmpty()).toList();
    return unenrolled.size() >= MAX_UNENROLLED
        || unenrolled.stream().filter(client -> client.host().equals(host)).count()
            >= MAX_UNENROLLED_PER_HOST;
  }

  /** The clients that have sent nothing for this long, and are not closed yet. */
  List<RemoteClient> silent(boolean isEnrolled, Duration time) {
    return all().stream()
        .filter(client -> client.peer().isPresent() == isEnrolled)
        .filter(client -> !client.connection().isClosed())
        .filter(client -> client.connection().isSilent(time.toNanos()))
        .toList();
  }
}
