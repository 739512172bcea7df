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
 * <p>Renamed and defined into {@code java.base} like {@link Bridge}.
 */
public final class InboundBridge {
  /** The name in the target. */
  public static final String WOVEN_NAME = "sun.nio.ch.AppawareInbound";

  /** As {@code sun.nio.ch.IOStatus} has it: nothing is ready yet. */
  public static final int UNAVAILABLE = -2;

  /** As {@code sun.nio.ch.IOStatus} has it: interrupted by a signal, try again. */
  public static final int INTERRUPTED = -3;

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
                  Bridge.ACCEPT,
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
      allowed = Bridge.ask(Bridge.UNIX_ACCEPT, Bridge.absolute(Path.of(peer[0]))) == null;
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
      allowed = Bridge.ask(Bridge.ACCEPT, peer, port, Bridge.STREAM, localPort) == null;
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
   * @return {@code n}, or {@link #UNAVAILABLE} if the datagram was dropped
   */
  public static int received(
      int n,
      ByteBuffer into,
      int position,
      Object source,
      Object known,
      InetSocketAddress decoded,
      InetSocketAddress local)
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
    } finally {
      if (!allowed) {
        wipe(into, position, n);
      }
    }
    return allowed ? n : UNAVAILABLE;
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
    return Bridge.ask(Bridge.RECEIVE, from, port, type, localPort) == null;
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
              ? Bridge.ask(Bridge.LISTEN, inet.getAddress(), inet.getPort(), Bridge.STREAM)
              : Bridge.ask(Bridge.UNIX_LISTEN, path(local));
      if (denial != null) {
        throw new BindException(denial);
      }
    } else if (channel instanceof SocketChannel socket) {
      SocketAddress peer = socket.getRemoteAddress();
      return peer instanceof InetSocketAddress inet
          ? Bridge.ask(
                  Bridge.ACCEPT,
                  inet.getAddress(),
                  inet.getPort(),
                  Bridge.STREAM,
                  ((InetSocketAddress) socket.getLocalAddress()).getPort())
              == null
          : Bridge.ask(Bridge.UNIX_ACCEPT, path(peer)) == null;
    }
    return true; // each datagram is checked later
  }

  private static String path(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress unix ? Bridge.absolute(unix.getPath()) : "";
  }
}
