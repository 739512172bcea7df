package io.github.appaware.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * Messages over a blocking channel: a frame is the length of the rest (4 bytes, big-endian), then
 * the message as {@link Codec} writes it.
 *
 * <p>One thread may read while another writes; two may not read or write at once. Interrupting a
 * thread in here closes the channel.
 */
public final class FrameChannel implements Closeable {
  /** The longest frame, in bytes; a longer one is a violation. */
  public static final int LARGEST = 64 * 1024;

  /** Of the buffer between frames; most frames fit. */
  private static final int SMALL = 4096;

  private final ByteChannel channel;
  private ByteBuffer in = ByteBuffer.allocate(SMALL).flip();

  public FrameChannel(ByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the next message.
   *
   * @return null when the other side ended the connection between two messages
   * @throws WireException for anything that is not a message
   */
  public Message read() throws IOException {
    if (!fill(4)) {
      if (in.hasRemaining()) {
        throw new EOFException("the connection ended within a frame");
      }
      return null;
    }
    int length = in.getInt();
    if (length < 1 || length > LARGEST) {
      throw new WireException("a frame of " + length + " bytes");
    }
    if (!fill(length)) {
      throw new EOFException("the connection ended within a frame");
    }
    byte[] frame = new byte[length];
    in.get(frame);
    if (in.capacity() > SMALL && !in.hasRemaining()) {
      in = ByteBuffer.allocate(SMALL).flip(); // one long frame must not cost memory from then on
    }
    return Codec.decode(frame);
  }

  /**
   * Reads until at least {@code count} bytes are there; false at the end of the connection. Makes
   * room only as bytes come: a length that is only claimed costs nothing.
   */
  private boolean fill(int count) throws IOException {
    if (in.remaining() >= count) {
      return true;
    }
    in.compact();
    while (in.position() < count) {
      if (!in.hasRemaining()) {
        in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
      }
      if (channel.read(in) < 0) {
        in.flip();
        return false;
      }
    }
    in.flip();
    return true;
  }

  /** Sends one message, whole. */
  public void write(Message message) throws IOException {
    write(frame(message));
  }

  /** Sends what {@link #frame} made, whole. */
  public void write(ByteBuffer frames) throws IOException {
    while (frames.hasRemaining()) {
      channel.write(frames);
    }
  }

  /**
   * The message as it travels.
   *
   * @throws WireException when it is too long for a frame
   */
  public static ByteBuffer frame(Message message) throws WireException {
    byte[] bytes = Codec.encode(message);
    if (bytes.length > LARGEST) {
      throw new WireException("a message of " + bytes.length + " bytes");
    }
    return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).flip();
  }

  /**
   * Decodes a message of its own, so that the classes for it are loaded while there is nothing to
   * wait for yet.
   */
  public static void rehearse() throws WireException {
    Message unused = Codec.decode(Codec.encode(new Message.Welcome(0)));
  }

  /** Nothing more comes from this side; what the other side still says can be read. */
  public void end() throws IOException {
    if (channel instanceof SocketChannel socket) {
      socket.shutdownOutput();
    } else if (channel instanceof HalfCloseable other) {
      other.end();
    } else {
      channel.close();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
