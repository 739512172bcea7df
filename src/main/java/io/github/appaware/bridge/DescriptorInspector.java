package io.github.appaware.bridge;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Checks events of sockets that the JDK did not create, for {@link NativeTransportBridge}: asks the
 * kernel for the type, local address and peer of a file descriptor.
 *
 * <p>Renamed and defined into {@code java.base} like {@link Bridge}, when the first native
 * transport is loaded.
 */
public final class DescriptorInspector {
  /** The name in the target. */
  public static final String WOVEN_NAME = "sun.nio.ch.AppawareDescriptorInspector";

  private static final boolean LINUX =
      JdkStubs.DefaultSelectorProvider.get().getClass().getName().endsWith("EPollSelectorProvider");

  private static final int SOL_SOCKET = LINUX ? 1 : 0xffff;
  private static final int SO_TYPE = LINUX ? 3 : 0x1008;

  /** Linux only. */
  private static final int SO_DOMAIN = 39;

  private static final int AF_UNIX = 1;

  private static final Method GET_OPTION = option();

  /** Where this thread's next connection by number goes, as the program has it; or null. */
  private static final ThreadLocal<InetAddress> DESTINATION = new ThreadLocal<>();

  private DescriptorInspector() {}

  private static Method option() {
    try {
      Method method =
          Class.forName("sun.nio.ch.Net", true, null)
              .getDeclaredMethod(
                  "getIntOption0", FileDescriptor.class, boolean.class, int.class, int.class);
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("appaware: this JDK can't determine a socket's type", e);
    }
  }

  private static int option(FileDescriptor fd, int option) throws IOException {
    try {
      return (Integer) GET_OPTION.invoke(null, fd, false, SOL_SOCKET, option);
    } catch (InvocationTargetException e) {
      throw new IOException("appaware: not a socket: " + e.getCause(), e);
    } catch (IllegalAccessException e) {
      throw new IOException("appaware: this JDK can't determine a socket's type", e);
    }
  }

  /** Only to query the kernel: the owner of the descriptor closes it. */
  public static FileDescriptor of(int number) {
    FileDescriptor fd = new FileDescriptor();
    JdkStubs.SharedSecrets.getJavaIOFileDescriptorAccess().set(fd, number);
    return fd;
  }

  /** The socket's type: {@link Bridge#STREAM}, {@link Bridge#DATAGRAM} or another. */
  public static int type(FileDescriptor fd) throws IOException {
    return option(fd, SO_TYPE);
  }

  private static boolean isUnix(FileDescriptor fd) throws IOException {
    if (LINUX) {
      return option(fd, SO_DOMAIN) == AF_UNIX;
    }
    try {
      return JdkStubs.UnixDomainSockets.localAddress(fd) != null;
    } catch (IOException e) {
      return false; // thrown for any other socket
    }
  }

  /**
   * The address object that a library is about to turn into bytes; its name counts only if it is
   * the address that is then connected to.
   */
  public static void destination(InetAddress object) {
    DESTINATION.set(object);
  }

  /**
   * The object that has this address, if this thread's library said so; else one without a name.
   */
  public static InetAddress destination(byte[] address) throws IOException {
    InetAddress plain = InetAddress.getByAddress(address);
    InetAddress object = DESTINATION.get();
    DESTINATION.remove();
    return plain.equals(object) ? object : plain;
  }

  /** Before a socket connects or sends; a stream's first send with an address connects it. */
  public static void reach(boolean connects, FileDescriptor fd, InetAddress remote, int port)
      throws IOException {
    int type = type(fd);
    if (connects || type == Bridge.STREAM) {
      Bridge.connect(remote, port, type);
    } else {
      Bridge.send(remote, port, type);
    }
  }

  /** Before a bound socket listens. */
  public static void listen(FileDescriptor fd) throws IOException {
    if (isUnix(fd)) {
      Bridge.unixListen(JdkStubs.UnixDomainSockets.localAddress(fd));
    } else {
      InetSocketAddress local = JdkStubs.Net.localAddress(fd);
      Bridge.listen(local.getAddress(), local.getPort(), type(fd));
    }
  }

  /** Whether an accepted socket may be passed to the application. */
  public static boolean accepted(FileDescriptor fd) throws IOException {
    if (isUnix(fd)) {
      return Bridge.ask(Operation.UNIX_ACCEPT, "") == null;
    }
    InetSocketAddress peer = JdkStubs.Net.remoteAddress(fd);
    int own = JdkStubs.Net.localAddress(fd).getPort();
    return Bridge.ask(Operation.ACCEPT, peer.getAddress(), peer.getPort(), type(fd), own) == null;
  }

  /** Whether a datagram may be passed to the application. */
  public static boolean received(FileDescriptor fd, InetAddress from, int port) throws IOException {
    int own = JdkStubs.Net.localAddress(fd).getPort();
    return Bridge.ask(Operation.RECEIVE, from, port, Bridge.DATAGRAM, own) == null;
  }

  /** Before a socket connects to, sends to or binds to a path, given as bytes. */
  public static void unix(int operation, byte[] path) throws IOException {
    String denial = Bridge.ask(operation, path(path));
    if (denial != null) {
      if (operation == Operation.UNIX_BIND) {
        throw new BindException(denial);
      }
      throw new ConnectException(denial);
    }
  }

  /** Linux's abstract names begin with a zero byte, written as {@code @} here. */
  private static String path(byte[] raw) {
    int length = 0;
    while (length < raw.length && (raw[length] != 0 || length == 0)) {
      length++;
    }
    if (length == 0) {
      return "";
    }
    return raw[0] == 0
        ? "@" + new String(raw, 1, length - 1, StandardCharsets.UTF_8)
        : Bridge.absolute(Path.of(new String(raw, 0, length, StandardCharsets.UTF_8)));
  }

  /** Before native code does something that cannot be observed. */
  public static void blind(String what) throws IOException {
    String denial = library(what);
    if (denial != null) {
      throw new SocketException(denial);
    }
  }

  /** Before native code or an agent is loaded: null, or the denial's message. */
  public static String library(String what) {
    return Bridge.ask(Operation.LIBRARY, what, null);
  }

  /** Before another JVM is attached to. */
  public static void attach(String pid) throws IOException {
    String denial = Bridge.ask(Operation.ATTACH, pid);
    if (denial != null) {
      throw new IOException(denial);
    }
  }
}
