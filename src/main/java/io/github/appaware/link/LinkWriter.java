package io.github.appaware.link;

import io.github.appaware.wire.FrameChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The work of the thread that writes: sends what is in the outbox, and has the client report. */
final class LinkWriter {
  /** In the outbox: {@link Client#report}, after a moment or at once. */
  static final ByteBuffer REPORT_SOON = ByteBuffer.allocate(0);

  static final ByteBuffer REPORT_NOW = ByteBuffer.allocate(0);

  private final Link link;
  private final Outbox outbox;
  private final Client client;

  LinkWriter(Link link, Outbox outbox, Client client) {
    this.link = link;
    this.outbox = outbox;
    this.client = client;
  }

  /** Until the end of the outbox. */
  void run() {
    boolean isDue = false;
    long due = 0;
    while (!outbox.isEnded()) {
      long left = isDue ? due - System.nanoTime() : Long.MAX_VALUE;
      Outbox.Entry entry = left > 0 ? outbox.take(left) : null;
      if (entry == null || entry.is(REPORT_NOW)) {
        if (isDue || entry != null) {
          isDue = false;
          report();
        }
      } else if (entry.is(REPORT_SOON)) {
        if (!isDue) {
          isDue = true;
          due = System.nanoTime() + client.reportAfter();
        }
      } else if (!send(entry.to(), entry.frame())) {
        outbox.putBack(entry);
      }
    }
  }

  /** A report that is lost must not go unnoticed: the connection ends with it. */
  private void report() {
    boolean reported = false;
    try {
      client.report();
      reported = true;
    } catch (IOException e) {
      // Too long for a frame.
    } finally {
      if (!reported) {
        link.breakOff();
      }
    }
  }

  /** Writes a frame; false when the connection broke. */
  static boolean send(FrameChannel to, ByteBuffer frame) {
    boolean sent = false;
    try {
      to.write(frame);
      sent = true;
    } catch (IOException | RuntimeException e) {
      // The reading thread sees that it is closed.
    } finally {
      if (!sent) {
        Link.close(to);
      }
      boolean ignored = Thread.interrupted(); // would close the next channel
    }
    return sent;
  }
}
