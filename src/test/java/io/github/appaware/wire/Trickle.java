package io.github.appaware.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** A channel that gives and takes bytes in portions, as a busy network does. */
final class Trickle implements ByteChannel {
  private final Deque<ByteBuffer> portions = new ArrayDeque<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private boolean open = true;

  /** The content in two portions, the first so long. */
  static Trickle split(byte[] content, int first) {
    Trickle trickle = new Trickle();
    trickle.add(Arrays.copyOf(content, first));
    trickle.add(Arrays.copyOfRange(content, first, content.length));
    return trickle;
  }

  /** The content byte by byte. */
  static Trickle single(byte[] content) {
    Trickle trickle = new Trickle();
    for (byte b : content) {
      trickle.add(new byte[] {b});
    }
    return trickle;
  }

  private void add(byte[] portion) {
    if (portion.length > 0) {
      portions.add(ByteBuffer.wrap(portion));
    }
  }

  byte[] written() {
    return written.toByteArray();
  }

  @Override
  public int read(ByteBuffer to) throws ClosedChannelException {
    requireOpen();
    ByteBuffer portion = portions.peek();
    if (portion == null) {
      return -1;
    }
    int count = Math.min(portion.remaining(), to.remaining());
    to.put(portion.slice().limit(count));
    portion.position(portion.position() + count);
    if (!portion.hasRemaining()) {
      portions.remove();
    }
    return count;
  }

  /** One byte a call. */
  @Override
  public int write(ByteBuffer from) throws ClosedChannelException {
    requireOpen();
    if (!from.hasRemaining()) {
      return 0;
    }
    written.write(from.get());
    return 1;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
