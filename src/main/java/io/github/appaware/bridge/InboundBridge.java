package io.github.appaware.bridge;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Checks inbound connections and datagrams: called by woven JDK methods once the peer is known and
 * before the application sees anything of it. A denied peer or datagram is dropped, and the JDK's
 * own loop continues to wait for the remaining time, as after a spurious wake-up.
 *
 * <p>If the check fails, even with an {@link Error}, the peer is dropped.
 *
 * <p>Also handles datagrams to and from name servers, whose names are judged; those of connected
 * sockets are told from others by the port of the peer, the only thing that is looked at where a
 * connected socket reads and writes.
 *
 * <p>Renamed and defined into {@code java.base} like {@link Bridge}, and one long class for the
 * same reason: each further one costs every target time at start.
 */
public final class InboundBridge {
  /** The name in the target. */
  public static final String WOVEN_NAME = "sun.nio.ch.AppawareInbound";

  /** As {@code sun.nio.ch.IOStatus} has it: nothing is ready yet. */
  public static final int UNAVAILABLE = -2;

  /** As {@code sun.nio.ch.IOStatus} has it: interrupted by a signal, try again. */
  public static final int INTERRUPTED = -3;

  /** The port was asked for by the process that handed the socket on. */
  private static final Boolean INHERITED = true;

  /** For the old datagram sockets of JDK 17. */
  private static final ThreadLocal<byte[]> MEMORY = new ThreadLocal<>();

  private InboundBridge() {}

  /** In place of {@code Net.accept}, in a method that waits by polling. */
  public static int accept(FileDescriptor fd, FileDescriptor accepted, InetSocketAddress[] peer)
      throws IOException {
    return accept(fd, accepted, peer, Bridge.STREAM, UNAVAILABLE);
  }

  /** In place of {@code Net.accept} of an SCTP channel, which waits in the system call itself. */
  public static int acceptSctp(FileDescriptor fd, FileDescriptor accepted, InetSocketAddress[] peer)
      throws IOException {
    return accept(fd, accepted, peer, Bridge.SCTP, INTERRUPTED);
  }

  private static int accept(
      FileDescriptor fd, FileDescriptor accepted, InetSocketAddress[] peer, int type, int denied)
      throws IOException {
    int n = JdkStubs.Net.accept(fd, accepted, peer);
    if (n <= 0) {
      return n;
    }
    boolean allowed = false;
    try {
      allowed =
          Bridge.ask(
                  Operation.ACCEPT,
                  peer[0].getAddress(),
                  peer[0].getPort(),
                  type,
                  JdkStubs.Net.localAddress(accepted).getPort())
              == null;
    } finally {
      if (!allowed) {
        peer[0] = null;
        close(accepted);
      }
    }
    return allowed ? n : denied;
  }

  /** After {@code accept(2)} of a Unix-domain socket, which said {@code n}. */
  public static int unixAccepted(int n, FileDescriptor accepted, String[] peer) throws IOException {
    if (n <= 0) {
      return n;
    }
    boolean allowed = false;
    try {
      allowed = Bridge.ask(Operation.UNIX_ACCEPT, Bridge.absolute(Path.of(peer[0]))) == null;
    } finally {
      if (!allowed) {
        close(accepted);
      }
    }
    return allowed ? n : UNAVAILABLE;
  }

  /**
   * After the old sockets of JDK 17 accepted; true if the peer was dropped and the call is to be
   * repeated.
   */
  public static boolean refused(FileDescriptor accepted, InetAddress peer, int port, int localPort)
      throws IOException {
    boolean allowed = false;
    try {
      allowed = Bridge.ask(Operation.ACCEPT, peer, port, Bridge.STREAM, localPort) == null;
    } finally {
      if (!allowed) {
        close(accepted);
      }
    }
    return !allowed;
  }

  /** When a call with this time-out in milliseconds ends; 0 if it has none. */
  public static long deadline(int timeout) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
    return timeout <= 0 ? 0 : end == 0 ? 1 : end;
  }

  /** The remaining milliseconds, at least 1. */
  public static int left(long deadline, String over) throws SocketTimeoutException {
    long nanos = deadline - System.nanoTime();
    if (nanos <= 0) {
      throw new SocketTimeoutException(over);
    }
    return (int) TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
  }

  private static void close(FileDescriptor accepted) throws IOException {
    JdkStubs.SharedSecrets.getJavaIOFileDescriptorAccess().close(accepted);
  }

  /**
   * Whether the JDK may have the kernel write into that buffer. Not where what arrives is judged:
   * another thread of the program can read direct memory before the verdict. The JDK then receives
   * into memory of its own, which it keeps for each thread, and copies.
   *
   * @param connected whether the socket is connected, so that its peer has been judged
   */
  public static boolean mayFill(ByteBuffer buffer, boolean connected) {
    return connected && buffer.isDirect();
  }

  /** The same for a channel: what a name server answers is looked at before the program has it. */
  public static boolean mayFill(ByteBuffer buffer, boolean connected, InetSocketAddress peer) {
    return connected && buffer.isDirect() && !isNameServer(peer);
  }

  private static boolean isNameServer(InetSocketAddress peer) {
    return peer != null && peer.getPort() == Bridge.DNS;
  }

  /**
   * Memory for one datagram, which the program has no way to; the calling thread's until reused.
   */
  public static byte[] memory(int length) {
    byte[] memory = MEMORY.get();
    if (memory == null || memory.length < length) {
      memory = new byte[length];
      MEMORY.set(memory);
    }
    return memory;
  }

  /**
   * After an unconnected socket received a datagram.
   *
   * @param n its length, or negative if there is none
   * @param into the buffer, the JDK's own
   * @param position where the datagram begins
   * @param source where it came from
   * @param known the source of an earlier one
   * @param decoded {@code known}, decoded, or null
   * @param local the local address
   * @param channel the socket's
   * @return {@code n}, or {@link #UNAVAILABLE} if the datagram was dropped
   */
  public static int received(
      int n,
      ByteBuffer into,
      int position,
      Object source,
      Object known,
      InetSocketAddress decoded,
      InetSocketAddress local,
      Object channel)
      throws IOException {
    if (n < 0) {
      return n;
    }
    boolean allowed = false;
    try {
      InetSocketAddress from =
          decoded != null && source.equals(known)
              ? decoded
              : ((JdkStubs.NativeSocketAddress) source).decode();
      int localPort = local == null ? 0 : local.getPort();
      allowed = isAllowed(from.getAddress(), from.getPort(), Bridge.DATAGRAM, localPort);
      if (allowed) {
        answered(n, into, position, from, channel);
      }
    } finally {
      if (!allowed) {
        wipe(into, position, n);
      }
    }
    return allowed ? n : UNAVAILABLE;
  }

  /** After a connected socket received a datagram into memory of the JDK. */
  public static void answered(
      int n, ByteBuffer into, int position, InetSocketAddress from, Object channel) {
    if (n > 0 && isNameServer(from)) {
      Bridge.ask(
          Operation.ANSWERED, copy(into, position, n), from.getAddress(), from.getPort(), channel);
    }
  }

  /**
   * Before an unconnected socket sends a datagram.
   *
   * @return what to send in its place: a copy of what was judged, which the program can't change
   *     any more, or the datagram itself if it is not for a name server
   * @throws UnknownHostException if the name in it may not be looked up
   */
  public static ByteBuffer query(ByteBuffer datagram, InetSocketAddress to, Object channel)
      throws UnknownHostException {
    if (!isNameServer(to)) {
      return datagram;
    }
    byte[] query = copy(datagram, datagram.position(), datagram.remaining());
    String denial = Bridge.ask(Operation.QUERY, query, to.getAddress(), to.getPort(), channel);
    if (denial != null) {
      throw new UnknownHostException(denial);
    }
    return ByteBuffer.wrap(query);
  }

  /** In place of {@code IOUtil.write} of a connected socket. */
  public static int write(
      FileDescriptor fd,
      ByteBuffer datagram,
      long position,
      JdkStubs.NativeDispatcher dispatcher,
      Object channel,
      InetSocketAddress to)
      throws IOException {
    if (!isNameServer(to)) {
      return JdkStubs.IoUtil.write(fd, datagram, position, dispatcher);
    }
    int n = JdkStubs.IoUtil.write(fd, query(datagram, to, channel), position, dispatcher);
    if (n > 0) {
      datagram.position(datagram.position() + n);
    }
    return n;
  }

  /** The same for a datagram in several buffers. */
  public static long write(
      FileDescriptor fd,
      ByteBuffer[] datagram,
      int offset,
      int length,
      JdkStubs.NativeDispatcher dispatcher,
      Object channel,
      InetSocketAddress to)
      throws IOException {
    if (!isNameServer(to)) {
      return JdkStubs.IoUtil.write(fd, datagram, offset, length, dispatcher);
    }
    ByteBuffer whole = ByteBuffer.allocate(total(datagram, offset, length));
    for (int i = offset; i < offset + length; i++) {
      whole.put(copy(datagram[i], datagram[i].position(), datagram[i].remaining()));
    }
    int n = JdkStubs.IoUtil.write(fd, query(whole.flip(), to, channel), -1, dispatcher);
    int left = n;
    for (int i = offset; left > 0; i++) {
      int part = Math.min(left, datagram[i].remaining());
      datagram[i].position(datagram[i].position() + part);
      left -= part;
    }
    return n;
  }

  /** In place of {@code IOUtil.read} of a connected socket. */
  public static int read(
      FileDescriptor fd,
      ByteBuffer into,
      long position,
      JdkStubs.NativeDispatcher dispatcher,
      Object channel,
      InetSocketAddress from)
      throws IOException {
    if (!isNameServer(from) || into.isReadOnly()) {
      return JdkStubs.IoUtil.read(fd, into, position, dispatcher);
    }
    ByteBuffer own = ByteBuffer.allocate(into.remaining());
    int n = JdkStubs.IoUtil.read(fd, own, position, dispatcher);
    answered(n, own, 0, from, channel);
    into.put(own.flip());
    return n;
  }

  /** The same for a datagram in several buffers. */
  public static long read(
      FileDescriptor fd,
      ByteBuffer[] into,
      int offset,
      int length,
      JdkStubs.NativeDispatcher dispatcher,
      Object channel,
      InetSocketAddress from)
      throws IOException {
    if (!isNameServer(from)) {
      return JdkStubs.IoUtil.read(fd, into, offset, length, dispatcher);
    }
    ByteBuffer own = ByteBuffer.allocate(total(into, offset, length));
    int n = JdkStubs.IoUtil.read(fd, own, -1, dispatcher);
    answered(n, own, 0, from, channel);
    own.flip();
    for (int i = offset; own.hasRemaining(); i++) {
      int part = Math.min(own.remaining(), into[i].remaining());
      into[i].put(own.slice(own.position(), part));
      own.position(own.position() + part);
    }
    return n;
  }

  /** No datagram is longer than what fits into its length field; more is not needed. */
  private static int total(ByteBuffer[] buffers, int offset, int length) {
    int total = 0;
    for (int i = offset; i < offset + length && total < 0x10000; i++) {
      total += Math.min(buffers[i].remaining(), 0x10000);
    }
    return total;
  }

  private static byte[] copy(ByteBuffer buffer, int position, int length) {
    byte[] copy = new byte[length];
    buffer.get(position, copy);
    return copy;
  }

  /** The same for the old sockets of JDK 17; false if the datagram is to be dropped. */
  public static boolean received(DatagramPacket packet, int localPort) {
    return isAllowed(packet.getAddress(), packet.getPort(), Bridge.DATAGRAM, localPort);
  }

  /** The same for a message of an SCTP socket with many peers. */
  public static int receivedSctp(
      int n, ByteBuffer into, int position, InetSocketAddress from, int localPort) {
    boolean allowed = false;
    try {
      allowed = isAllowed(from.getAddress(), from.getPort(), Bridge.SCTP, localPort);
    } finally {
      if (!allowed) {
        wipe(into, position, n);
      }
    }
    return allowed ? n : INTERRUPTED;
  }

  private static boolean isAllowed(InetAddress from, int port, int type, int localPort) {
    return Bridge.ask(Operation.RECEIVE, from, port, type, localPort) == null;
  }

  /**
   * Erases the message from the buffer: resets the position and overwrites the bytes with zeros.
   */
  private static void wipe(ByteBuffer into, int position, int length) {
    into.position(position);
    for (int i = position; i < position + length; i++) {
      into.put(i, (byte) 0);
    }
  }

  /**
   * Checks a channel that the process inherited: a connected one was accepted by another process, a
   * listening one is reachable.
   *
   * @return the channel, or null, as without one, when its peer is denied
   */
  public static Channel inherited(Channel channel) throws IOException {
    boolean allowed = false;
    try {
      allowed = channel == null || mayInherit(channel);
    } finally {
      if (!allowed) {
        close(
            ((JdkStubs.SelChImpl) channel)
                .getFD()); // its own close would also close the standard streams
      }
    }
    return allowed ? channel : null;
  }

  private static boolean mayInherit(Channel channel) throws IOException {
    if (channel instanceof ServerSocketChannel server) {
      SocketAddress local = server.getLocalAddress();
      String denial =
          local instanceof InetSocketAddress inet
              ? Bridge.ask(
                  Operation.LISTEN, inet.getAddress(), inet.getPort(), Bridge.STREAM, INHERITED)
              : Bridge.ask(Operation.UNIX_LISTEN, path(local));
      if (denial != null) {
        throw new BindException(denial);
      }
    } else if (channel instanceof SocketChannel socket) {
      SocketAddress peer = socket.getRemoteAddress();
      return peer instanceof InetSocketAddress inet
          ? Bridge.ask(
                  Operation.ACCEPT,
                  inet.getAddress(),
                  inet.getPort(),
                  Bridge.STREAM,
                  ((InetSocketAddress) socket.getLocalAddress()).getPort(),
                  INHERITED)
              == null
          : Bridge.ask(Operation.UNIX_ACCEPT, path(peer)) == null;
    }
    return true; // each datagram is checked later
  }

  private static String path(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress unix ? Bridge.absolute(unix.getPath()) : "";
  }
}
