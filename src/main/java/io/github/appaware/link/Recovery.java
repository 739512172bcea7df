package io.github.appaware.link;

import io.github.appaware.event.Event;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** What a link needs only where a broken connection is noticed late, and replaced. */
final class Recovery {
  final UnreportedDenials unreported = new UnreportedDenials();
  private final Heartbeat heartbeat;
  private final Silence silence;
  private final Backoff backoff = new Backoff(System.nanoTime());

  /** Whether the connection is closed because the server was silent. */
  private volatile boolean silent;

  Recovery(long now) {
    heartbeat = new Heartbeat(now);
    silence = new Silence(now);
  }

  /** Counts denials; false when there are too many different ones. */
  boolean count(List<Event> denied) {
    boolean counted = true;
    for (Event event : denied) {
      counted &= unreported.add(event);
    }
    return counted;
  }

  /** What was denied goes to the record of the next server, or a later one. */
  void report(Outbox outbox) {
    for (Message.Used each : unreported.takeAll()) {
      try {
        outbox.add(FrameChannel.frame(each), true);
      } catch (WireException e) {
        // Too large for a frame, so it could not have been asked about either.
      }
    }
  }

  void reading() {
    silence.reading();
  }

  void heard() {
    silence.heard();
  }

  /** Of the thread that checks. */
  boolean isSilent(long now, boolean isOpen) {
    boolean over = silence.isTooLong(now) && isOpen;
    silent |= over;
    return over;
  }

  boolean wasSilent() {
    return silent;
  }

  void connected(long now) {
    silent = false;
    backoff.connected(now);
  }

  long pause(long now) {
    silent = false;
    return backoff.next(now);
  }

  /** Sends what is due. */
  void beat(long now, Outbox outbox, Servers servers) {
    ByteBuffer ping = heartbeat.due(now);
    if (ping != null) {
      outbox.addFirst(ping);
    }
    try {
      Message.Renew renewal = servers.renewal(now);
      if (renewal != null) {
        outbox.add(FrameChannel.frame(renewal), false);
      }
    } catch (WireException e) {
      // The certificate stays what it is, and the next connection says why it can't be used.
    }
  }

  /** Whether a message was about the connection itself. By the reading thread. */
  boolean handle(Message message, Servers servers, int server) throws IOException {
    if (message instanceof Message.Renewed renewed) {
      servers.renewed(renewed.certificate());
    } else if (message instanceof Message.NotRenewed) {
      servers.renewed(null);
    } else if (message instanceof Message.Refused refused) {
      throw Handshake.refusal(servers.name(server), refused);
    } else {
      return message instanceof Message.Pong;
    }
    return true;
  }
}
