package io.github.appaware.link;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.WireException;
import java.nio.ByteBuffer;

/**
 * When to send the next ping. One is sent however many other messages are: reports are not
 * answered, and silence means something only after a question. Not safe for threads.
 */
final class Heartbeat {
  private final ByteBuffer ping;
  private long last;

  Heartbeat(long now) {
    last = now;
    try {
      ping = FrameChannel.frame(new Message.Ping());
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ping to send now, or null. */
  ByteBuffer due(long now) {
    if (now - last < Timing.HEARTBEAT) {
      return null;
    }
    last = now;
    return ping.duplicate();
  }
}
