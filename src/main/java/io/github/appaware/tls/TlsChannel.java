package io.github.appaware.tls;

import io.github.appaware.wire.HalfCloseable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * TLS over a blocking socket channel. Once open, one thread may read while another writes; two may
 * not read or write at once.
 *
 * <p>{@link #close} never waits, wakes both, and so sends no closing alert; {@link #end} does. A
 * reader makes no difference between an alert and a connection that was cut: frames have their
 * length in front, and a lost connection means denial either way.
 *
 * <p>Not an {@code SSLSocket}, whose {@code close} waits for a thread that is stuck in a write.
 */
public final class TlsChannel implements ByteChannel, HalfCloseable {
  /** What the other side may send during the handshake: more than any flight of TLS 1.3 here. */
  private static final int LONGEST_HANDSHAKE = 128 * 1024;

  private final SocketChannel socket;
  private final SSLEngine engine;
  private final ReentrantLock writing = new ReentrantLock();

  /** Bytes from the network that are not decrypted yet; between calls ready to be taken from. */
  private ByteBuffer encrypted;

  /** Decrypted bytes that the reader had no room for; ready to be taken from. */
  private ByteBuffer plain;

  /** Under {@link #writing}. */
  private final ByteBuffer out;

  private int handshakeBytes;

  private TlsChannel(SocketChannel socket, SSLEngine engine) {
    this.socket = socket;
    this.engine = engine;
    SSLSession session = engine.getSession();
    encrypted = ByteBuffer.allocate(session.getPacketBufferSize()).flip();
    plain = ByteBuffer.allocate(session.getApplicationBufferSize()).flip();
    out = ByteBuffer.allocate(session.getPacketBufferSize());
  }

  /**
   * Connects to a server and performs the handshake.
   *
   * @param socket not connected yet; closed when this fails
   * @param engine of a client, which checks the server's certificate
   * @param within for connecting, and again for the handshake
   * @throws SocketTimeoutException when it took longer
   * @throws SSLException when one side refused the other
   */
  public static TlsChannel connect(
      SocketChannel socket, InetSocketAddress server, SSLEngine engine, Duration within)
      throws IOException {
    boolean open = false;
    try {
      socket.socket().setTcpNoDelay(true);
      socket.socket().setKeepAlive(true);
      socket.socket().connect(server, Math.toIntExact(within.toMillis()));
      TlsChannel channel = over(socket, engine, within);
      open = true;
      return channel;
    } finally {
      if (!open) {
        socket.close();
      }
    }
  }

  /**
   * Performs the handshake over a connected socket, which is closed when that fails. With TLS 1.3 a
   * client does not know yet whether the server takes its certificate: a refusal comes with the
   * first read.
   */
  public static TlsChannel over(SocketChannel socket, SSLEngine engine, Duration within)
      throws IOException {
    TlsChannel channel = new TlsChannel(socket, engine);
    boolean open = false;
    try {
      engine.beginHandshake();
      channel.handshake(System.nanoTime() + within.toNanos());
      open = true;
      return channel;
    } finally {
      if (!open) {
        channel.alert();
        channel.close();
      }
    }
  }

  /** The session: the other side's certificate, and the parameters that were agreed on. */
  public SSLSession session() {
    return engine.getSession();
  }

  /** The socket below, for its addresses. */
  public SocketChannel socket() {
    return socket;
  }

  private void handshake(long deadline) throws IOException {
    HandshakeStatus status = engine.getHandshakeStatus();
    while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
      if (status == HandshakeStatus.NEED_TASK) {
        runTasks();
        status = engine.getHandshakeStatus();
      } else if (status == HandshakeStatus.NEED_WRAP) {
        status = wrapNothing();
      } else {
        SSLEngineResult result = unwrap();
        status = result.getHandshakeStatus();
        if (result.getStatus() == Status.CLOSED) {
          throw new EOFException("the other side ended the connection during the handshake");
        }
        if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
          receive(deadline);
        }
      }
    }
    sendRest();
  }

  /** What is still to be sent without being asked for, such as tickets or an alert. */
  private void sendRest() throws IOException {
    for (int i = 0; i < 4 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; i++) {
      HandshakeStatus unused = wrapNothing();
    }
  }

  /** Reads once, but not for longer than until the deadline. */
  private void receive(long deadline) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("the other side did not finish the handshake in time");
    }
    makeRoom();
    socket.socket().setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    InputStream in = socket.socket().getInputStream(); // keeps the time-out, unlike the channel
    int count;
    try {
      count = in.read(encrypted.array(), encrypted.position(), encrypted.remaining());
    } catch (SocketTimeoutException late) {
      throw new SocketTimeoutException("the other side did not finish the handshake in time");
    } finally {
      socket.socket().setSoTimeout(0);
    }
    if (count < 0) {
      throw new EOFException("the other side ended the connection during the handshake");
    }
    handshakeBytes += count;
    if (handshakeBytes > LONGEST_HANDSHAKE) {
      throw new SSLException("a handshake of more than " + LONGEST_HANDSHAKE + " bytes");
    }
    encrypted.position(encrypted.position() + count).flip();
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    while (true) {
      if (plain.hasRemaining()) {
        return take(to);
      }
      if (!to.hasRemaining()) {
        return 0;
      }
      SSLEngineResult result = unwrap();
      if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        runTasks();
      } else if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        answer();
      }
      if (plain.hasRemaining()) {
        continue;
      }
      if (result.getStatus() == Status.CLOSED) {
        return -1;
      }
      if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        makeRoom();
        int count = socket.read(encrypted);
        encrypted.flip();
        if (count < 0) {
          return -1;
        }
      }
    }
  }

  private int take(ByteBuffer to) {
    int count = Math.min(to.remaining(), plain.remaining());
    int limit = plain.limit();
    plain.limit(plain.position() + count);
    to.put(plain);
    plain.limit(limit);
    return count;
  }

  /** Decrypts at most one record into {@link #plain}, which is empty. */
  private SSLEngineResult unwrap() throws SSLException {
    plain.clear();
    try {
      SSLEngineResult result = engine.unwrap(encrypted, plain);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        plain = ByteBuffer.allocate(Math.max(roomForPlain(), 2 * plain.capacity()));
        result = engine.unwrap(encrypted, plain);
      }
      return result;
    } catch (RuntimeException e) { // garbage can lead the JDK's own code astray
      throw new SSLException("the JDK's TLS failed: " + e, e);
    } finally {
      plain.flip();
    }
  }

  private int roomForPlain() {
    return engine.getSession().getApplicationBufferSize();
  }

  /** Prepares {@link #encrypted} to be filled. */
  private void makeRoom() {
    int packet = engine.getSession().getPacketBufferSize();
    if (encrypted.capacity() < packet || encrypted.remaining() == encrypted.capacity()) {
      int capacity = Math.max(packet, encrypted.capacity() + packet);
      encrypted = ByteBuffer.allocate(capacity).put(encrypted);
    } else {
      encrypted.compact();
    }
  }

  /** The other side changed its key and wants ours changed: the next write does that too. */
  private void answer() throws IOException {
    if (writing.tryLock()) {
      try {
        HandshakeStatus unused = wrapNothing();
      } finally {
        writing.unlock();
      }
    }
  }

  private void runTasks() throws SSLException {
    try {
      Runnable task;
      while ((task = engine.getDelegatedTask()) != null) {
        task.run();
      }
    } catch (RuntimeException e) {
      throw new SSLException("the JDK's TLS failed: " + e, e);
    }
  }

  /** Sends a piece of the handshake. */
  private HandshakeStatus wrapNothing() throws IOException {
    return wrap(ByteBuffer.allocate(0)).getHandshakeStatus();
  }

  /** Sends all of it. */
  @Override
  public int write(ByteBuffer from) throws IOException {
    writing.lock();
    try {
      int count = from.remaining();
      while (from.hasRemaining()) {
        if (wrap(from).getStatus() == Status.CLOSED) {
          throw new ClosedChannelException();
        }
      }
      return count;
    } finally {
      writing.unlock();
    }
  }

  private SSLEngineResult wrap(ByteBuffer from) throws IOException {
    out.clear();
    SSLEngineResult result = engine.wrap(from, out);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      throw new SSLException("a record that is too long");
    }
    out.flip();
    while (out.hasRemaining()) {
      socket.write(out);
    }
    return result;
  }

  /** Sends the closing alert: nothing more comes from this side. Waits as a write does. */
  @Override
  public void end() throws IOException {
    writing.lock();
    try {
      engine.closeOutbound();
      while (!engine.isOutboundDone()) {
        if (wrap(ByteBuffer.allocate(0)).getStatus() == Status.CLOSED) {
          break;
        }
      }
      socket.shutdownOutput();
    } finally {
      writing.unlock();
    }
  }

  /** Tells the other side why the handshake failed, where there is something to tell. */
  private void alert() {
    try {
      if (socket.isOpen()) {
        sendRest();
      }
    } catch (IOException e) {
      // It failed already, for a better reason.
    }
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
