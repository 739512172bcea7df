package io.github.appaware.link;

/** The work of the thread that checks, about every second, where a connection may come back. */
final class LinkChecker {
  private final Link link;
  private final Servers servers;
  private final Client client;
  private final Outbox outbox;
  private final PendingAsks asks;
  private final Recovery recovery;
  private final LinkTime time;

  LinkChecker(
      Link link,
      Servers servers,
      Client client,
      Outbox outbox,
      PendingAsks asks,
      Recovery recovery,
      LinkTime time) {
    this.link = link;
    this.servers = servers;
    this.client = client;
    this.outbox = outbox;
    this.asks = asks;
    this.recovery = recovery;
    this.time = time;
  }

  /** Until the link is closed. */
  void run() {
    while (!link.isClosed()) {
      long now = time.now();
      if (recovery.isSilent(now, link.isOpen())) {
        link.breakOff(); // also wakes a thread that is stuck in a write
      }
      asks.denyOverdue(now);
      if (link.isConnected()) {
        recovery.beat(now, outbox, servers);
      }
      long left = Math.min(Timing.CHECK, client.check());
      if (left > 0 && !link.isClosed()) {
        time.park(left);
        boolean ignored = Thread.interrupted();
      }
    }
  }
}
