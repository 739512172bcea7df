package io.github.appaware.link;

import io.github.appaware.wire.HalfCloseable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * A socket behind direct buffers of its own. With any other buffer the JDK would set up its cache
 * of direct ones, whose size is a property that the program may still want to set.
 *
 * <p>One thread may read while another writes; two may not read or write at once.
 */
final class DirectChannel implements ByteChannel, HalfCloseable {
  private static final int SIZE = 4_096;

  private final SocketChannel socket;
  private final ByteBuffer in = ByteBuffer.allocateDirect(SIZE);
  private final ByteBuffer out = ByteBuffer.allocateDirect(SIZE);

  DirectChannel(SocketChannel socket) {
    this.socket = socket;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    in.clear().limit(Math.min(SIZE, target.remaining()));
    int n = socket.read(in);
    target.put(in.flip());
    return n;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = Math.min(SIZE, source.remaining());
    int end = source.limit();
    out.clear().put(source.limit(source.position() + count)).flip();
    source.limit(end);
    while (out.hasRemaining()) {
      int unused = socket.write(out);
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
