package io.github.appaware.server.resident;

import io.github.appaware.server.ServerMeters;
import io.github.appaware.trust.PeerIdentity;
import io.github.appaware.trust.Revocations;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections of clients that are silent, revoked, or rejected and still there. Called by
 * several threads.
 */
final class ConnectionMonitor {
  /** Clients send something every two seconds. */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(15);

  /** For clients without a certificate: a JVM on a busy host takes seconds to begin. */
  private static final Duration MAX_UNENROLLED_SILENCE = Duration.ofSeconds(10);

  /** How long a rejected client has to read why. */
  private static final long CLOSE_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final RemoteClients clients;
  private final RejectionLog rejections;
  private final Revocations revocations;

  ConnectionMonitor(RemoteClients clients, RejectionLog rejections, Revocations revocations) {
    this.clients = clients;
    this.rejections = rejections;
    this.revocations = revocations;
  }

  /** To be called every second. */
  void closeSilent() {
    for (RemoteClient client : clients.silent(true, MAX_SILENCE)) {
      rejections.report(
          ServerMeters.Refusal.PROTOCOL,
          client.name(),
          "it said nothing for " + MAX_SILENCE.toSeconds() + " s",
          "its host or its network is gone; it comes back by itself");
      client.connection().close();
    }
  }

  /** To be called a few times a second. */
  void closeSilentUnenrolled() {
    for (RemoteClient client : clients.silent(false, MAX_UNENROLLED_SILENCE)) {
      rejections.report(
          ServerMeters.Refusal.PROTOCOL,
          client.name(),
          "no certificate, and nothing said for " + MAX_UNENROLLED_SILENCE.toSeconds() + " s",
          RejectionLog.NOT_A_CLIENT);
      client.connection().close();
    }
  }

  /** To be called when certificates were revoked, and every second as certificates expire. */
  void closeRevoked() {
    for (RemoteClient client : clients.all()) {
      client.peer().ifPresent(peer -> check(client, peer));
      if (client.isRejectedFor(CLOSE_DELAY_NANOS)) {
        client.connection().close(); // it may not even read
      }
    }
  }

  private void check(RemoteClient client, PeerIdentity peer) {
    String refusal = revocations.refusal(peer);
    if (!refusal.isEmpty() && client.reject()) {
      rejections.report(
          ServerMeters.Refusal.CERTIFICATE,
          client.name(),
          refusal,
          "to let it in again: `appaware server token --role "
              + peer.role().label()
              + " --name "
              + peer.name()
              + "`, and `appaware enroll` there");
      client.connection().refuse(refusal);
    }
  }
}
