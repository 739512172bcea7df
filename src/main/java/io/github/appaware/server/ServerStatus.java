package io.github.appaware.server;

import java.time.Instant;
import java.util.List;

/**
 * What an administrator sees of a server at one moment.
 *
 * @param state in figures
 * @param started when it began to serve
 * @param addresses on which it listens, {@code tls://HOST:PORT}
 * @param clients that are connected, by name
 * @param runs with an agent now or within the last minute
 */
public record ServerStatus(
    ServerState state,
    Instant started,
    List<String> addresses,
    List<ConnectedClient> clients,
    List<KnownRun> runs) {
  /**
   * A client that is connected.
   *
   * @param name in its certificate
   * @param role in its certificate: agent, operator or auditor
   * @param host its address, without the port
   * @param connections how many it has
   */
  public record ConnectedClient(String name, String role, String host, int connections) {}

  /**
   * A run.
   *
   * @param name as in the record
   * @param machine the name in its agents' certificate
   * @param application its name and the beginning of its hash
   * @param agents that are connected
   */
  public record KnownRun(String name, String machine, String application, int agents) {}

  /** Copies the lists. */
  public ServerStatus {
    addresses = List.copyOf(addresses);
    clients = List.copyOf(clients);
    runs = List.copyOf(runs);
  }
}
