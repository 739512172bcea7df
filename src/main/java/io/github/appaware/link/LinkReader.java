package io.github.appaware.link;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The work of the thread that reads: dials, greets, listens, and rests before the next attempt. */
public final class LinkReader {
  private final Link link;
  private final Servers servers;
  private final Client client;
  private final PendingAsks asks;
  private final Recovery recovery;
  private final LinkTime time;

  /** The present connection, and the number of its server. */
  private FrameChannel channel;

  private int server;

  LinkReader(
      Link link,
      Servers servers,
      Client client,
      PendingAsks asks,
      Recovery recovery,
      LinkTime time) {
    this.link = link;
    this.servers = servers;
    this.client = client;
    this.asks = asks;
    this.recovery = recovery;
    this.time = time;
  }

  /** Until no connection is to follow. */
  void run() {
    while (!link.isOver()) {
      String why = "";
      boolean refused = false;
      try {
        connect();
        boolean unused = listen();
        why = "it ended the connection";
      } catch (IOException e) {
        why = recovery != null && recovery.wasSilent() ? "it sent nothing" : e.getMessage();
        refused = e instanceof RefusedException;
      } catch (Throwable e) { // an Error, too, must not leave cached verdicts in force
        why = e.toString();
      } finally {
        lost(why, refused);
      }
      if (!link.isOver()) {
        rest();
      }
    }
  }

  /**
   * Connects to the first server that accepts the client.
   *
   * @throws RefusedException when each of them answers, and does not accept it
   * @throws IOException that says why none does
   */
  public void connect() throws IOException {
    StringBuilder failures = new StringBuilder();
    boolean refused = servers.count() > 0;
    for (server = 0; server < servers.count() && !link.isClosed(); server++) {
      try {
        greet();
        return;
      } catch (IOException e) {
        refused &= e instanceof RefusedException;
        failures.append(failures.length() == 0 ? "" : "; ").append(e.getMessage());
      } catch (RuntimeException | Error e) {
        refused = false;
        failures.append(failures.length() == 0 ? "" : "; ").append(e);
      }
      link.detach();
    }
    String why = failures.toString();
    throw refused && !link.isClosed() ? new RefusedException(why) : new IOException(why);
  }

  private void greet() throws IOException {
    ByteBuffer hello = client.hello();
    FrameChannel dialled = servers.connect(server);
    if (recovery != null) {
      recovery.reading();
    }
    link.open(dialled);
    int epoch = Handshake.with(dialled, hello, servers, server);
    if (recovery != null) {
      recovery.heard();
    }
    client.welcomed(epoch);
    boolean again = link.attach(dialled);
    channel = dialled;
    if (recovery != null) {
      recovery.connected(time.now());
    }
    client.connected(again);
  }

  /**
   * Reads until the connection ends.
   *
   * @return false when the client does not want more
   */
  public boolean listen() throws IOException {
    for (Message message = next(); message != null; message = next()) {
      if (!receive(message)) {
        return false;
      }
    }
    return true;
  }

  private Message next() throws IOException {
    if (recovery == null) {
      return channel.read();
    }
    recovery.reading();
    Message message = channel.read();
    recovery.heard();
    return message;
  }

  private boolean receive(Message message) throws IOException {
    if (message instanceof Message.Decided decided) {
      asks.decided(decided.id(), decided.verdict());
    } else if (message instanceof Message.Asked asked) {
      asks.asked(asked.id(), asked.millis(), time.now());
    } else if (recovery == null || !recovery.handle(message, servers, server)) {
      return client.receive(message);
    }
    return true;
  }

  /** The connection is lost, or none came about: denies what waits for it. */
  private void lost(String why, boolean refused) {
    link.endUnlessToFollow();
    link.refused(refused);
    try {
      link.detach();
      link.denyWaiting();
    } finally {
      if (!link.isClosed()) {
        client.lost(why, refused);
      }
    }
  }

  /** Waits for a while before the next attempt, or until the link is closed. */
  public void rest() {
    long end = time.now() + recovery.pause(time.now());
    for (long left = end - time.now(); left > 0 && !link.isClosed(); left = end - time.now()) {
      time.park(left);
      boolean ignored = Thread.interrupted(); // would close the next channel
    }
  }
}
