package io.github.appaware.bridge;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Called by woven classes outside {@code java.base}, mainly native transports: it is in a package
 * that every module and every class loader sees, OSGi's too. The application can call it as well,
 * so its methods only check events: they open and close nothing, and what they say of an address's
 * name is not believed until the agent finds it true.
 *
 * <p>Renamed and defined into {@code java.base} like {@link Bridge}, when the first class that
 * needs it is loaded.
 */
public final class NativeTransportBridge {
  /** The name in the target. */
  public static final String WOVEN_NAME = "java.nio.channels.AppawareNativeTransports";

  /** The result that has the native method called again: what it received was dropped. */
  public static final int AGAIN = Integer.MIN_VALUE;

  /** The prefix of a native method's new name; a method with the old name calls it. */
  public static final String PREFIX = "appaware$";

  /** Below a file, so that no one can put a library there. */
  private static final String NO_LIBRARY = "/dev/null/denied-by-appaware";

  /** The one diagnostic command that loads code. */
  private static final String LOAD_AGENT = "JVMTI.agent_load";

  private NativeTransportBridge() {}

  /** Before a socket is connected. */
  public static void connect(int fd, byte[] address, int port) throws IOException {
    DescriptorInspector.reach(
        true, DescriptorInspector.of(fd), DescriptorInspector.destination(address), port);
  }

  /** Before a library turns the address that it will connect to into bytes. */
  public static void destination(SocketAddress to) {
    if (to instanceof InetSocketAddress inet) {
      DescriptorInspector.destination(inet.getAddress());
    }
  }

  /** Before a library looks up a name without the JDK. */
  public static void lookUp(String host) throws IOException {
    Bridge.lookUpElsewhere(host);
  }

  /** The same; returns the failure instead of throwing it, or null. */
  public static Throwable failedLookUp(String host) {
    try {
      Bridge.lookUpElsewhere(host);
      return null;
    } catch (UnknownHostException e) {
      return e;
    }
  }

  /** After a library found an address, or a list of them, or null. */
  public static void found(Object found, String host) {
    if (found instanceof InetAddress one) {
      Bridge.found(host, new InetAddress[] {one});
    } else if (found instanceof List<?> several) {
      for (Object each : several.toArray()) {
        if (each instanceof InetAddress one) {
          Bridge.found(host, new InetAddress[] {one});
        }
      }
    }
  }

  /** The same for a channel whose class name tells its type, and which connects later. */
  public static void connect(Object channel, InetSocketAddress remote) throws IOException {
    boolean datagrams = channel.getClass().getName().indexOf("Datagram") >= 0;
    Bridge.connect(
        remote.getAddress(), remote.getPort(), datagrams ? Bridge.DATAGRAM : Bridge.STREAM);
  }

  /** Before a socket is bound. */
  public static void bind(int fd, byte[] address, int port) throws IOException {
    Bridge.bind(
        InetAddress.getByAddress(address),
        port,
        DescriptorInspector.type(DescriptorInspector.of(fd)));
  }

  /** Before a socket joins a multicast group. */
  public static void join(byte[] group) throws IOException {
    Bridge.bind(InetAddress.getByAddress(group), 0, Bridge.DATAGRAM);
  }

  /** Before a socket listens. */
  public static void listen(int fd) throws IOException {
    DescriptorInspector.listen(DescriptorInspector.of(fd));
  }

  /** The same. */
  public static void listen(FileDescriptor fd) throws IOException {
    DescriptorInspector.listen(fd);
  }

  /** Before a message is sent to an address. */
  public static void send(int fd, byte[] address, int port) throws IOException {
    DescriptorInspector.reach(
        false, DescriptorInspector.of(fd), InetAddress.getByAddress(address), port);
  }

  /** The same; without an address, the message goes to the socket's peer. */
  public static void send(InetSocketAddress remote) throws IOException {
    if (remote != null) {
      Bridge.send(remote, Bridge.DATAGRAM);
    }
  }

  /** Before a Unix-domain socket is connected, or sends with an address. */
  public static void connectUnix(byte[] path) throws IOException {
    DescriptorInspector.unix(Operation.UNIX_REACH, path);
  }

  /** Before a Unix-domain socket is bound. */
  public static void bindUnix(byte[] path) throws IOException {
    DescriptorInspector.unix(Operation.UNIX_BIND, path);
  }

  /** After accept: false for a denied peer, whose connection the caller closes. */
  public static boolean accepted(int fd) throws IOException {
    return fd < 0 || DescriptorInspector.accepted(DescriptorInspector.of(fd));
  }

  /** The same for a native method whose result only says whether there is a connection. */
  public static boolean accepted(boolean any, FileDescriptor fd) throws IOException {
    return !any || DescriptorInspector.accepted(fd);
  }

  /** After a datagram was received: false if it is to be dropped. */
  public static boolean received(Object from, int fd) throws IOException {
    return !(from instanceof InetSocketAddress inet)
        || DescriptorInspector.received(
            DescriptorInspector.of(fd), inet.getAddress(), inet.getPort());
  }

  /** Before several datagrams are sent: how many of them may be sent, at least one. */
  public static int sendAll(int fd, Object[] packets, int offset, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Object packet = packets[offset + i];
      InetAddress to = address(packet, "recipient");
      if (to != null) {
        try {
          DescriptorInspector.reach(
              false, DescriptorInspector.of(fd), to, number(packet, "recipientPort"));
        } catch (IOException e) {
          if (i == 0) {
            throw e;
          }
          return i; // the denied one comes first next time
        }
      }
    }
    return count;
  }

  /**
   * The largest datagram that fits, read before the native method overwrites it with the length.
   */
  public static int capacity(Object packet) throws IOException {
    return number(packet, "count");
  }

  /** After several datagrams were received: how many may be passed on, or {@link #AGAIN}. */
  public static int receivedAll(int n, int fd, Object[] packets, int offset, int capacity)
      throws IOException {
    for (int i = 0; i < n; i++) {
      if (!isWelcome(fd, packets[offset + i])) {
        for (int j = i; j < n; j++) {
          forget(packets[offset + j], capacity);
        }
        return i == 0 ? AGAIN : i;
      }
    }
    return n;
  }

  /** After one was received this way: its length or {@link #AGAIN}. */
  public static int receivedOne(int n, int fd, Object packet, int capacity) throws IOException {
    if (n < 0 || isWelcome(fd, packet)) {
      return n;
    }
    forget(packet, capacity);
    return AGAIN;
  }

  private static boolean isWelcome(int fd, Object packet) throws IOException {
    InetAddress from = address(packet, "sender");
    return from == null
        || DescriptorInspector.received(
            DescriptorInspector.of(fd), from, number(packet, "senderPort"));
  }

  /** Restores the state before: Netty tells by the port whether there is a datagram. */
  private static void forget(Object packet, int capacity) throws IOException {
    set(packet, "senderPort", -1);
    set(packet, "count", capacity);
  }

  private static void set(Object packet, String name, int value) throws IOException {
    try {
      packet.getClass().getField(name).setInt(packet, value);
    } catch (ReflectiveOperationException e) {
      throw unknownPacket(e);
    }
  }

  private static IOException unknownPacket(ReflectiveOperationException e) {
    return new IOException("appaware: denied, as this version of Netty is unknown: " + e, e);
  }

  private static InetAddress address(Object packet, String prefix) throws IOException {
    int length = number(packet, prefix + "AddrLen");
    if (length == 0) {
      return null;
    }
    byte[] address = new byte[length];
    System.arraycopy((byte[]) value(packet, prefix + "Addr"), 0, address, 0, length);
    return InetAddress.getByAddress(address);
  }

  private static int number(Object packet, String field) throws IOException {
    return (Integer) value(packet, field);
  }

  private static Object value(Object packet, String name) throws IOException {
    try {
      return packet.getClass().getField(name).get(packet);
    } catch (ReflectiveOperationException e) {
      throw unknownPacket(e);
    }
  }

  /** Before a socket connects or sends to an address in the system's memory layout. */
  public static void connect(ByteBuffer address, int length, FileDescriptor fd) throws IOException {
    raw(Operation.UNIX_REACH, address, length);
  }

  /** Before a socket is bound, likewise. */
  public static void bind(ByteBuffer address, int length, FileDescriptor fd) throws IOException {
    raw(Operation.UNIX_BIND, address, length);
  }

  private static void raw(int operation, ByteBuffer address, int length) throws IOException {
    if (address == null || length < 2) {
      return; // no address: the socket's peer
    }
    ByteBuffer memory = address.duplicate().order(ByteOrder.nativeOrder());
    int family = memory.getShort(0);
    if (family != 1 && (family >> 8) != 1) { // BSD has the length in the other byte
      DescriptorInspector.blind("a socket of address family " + family);
      return;
    }
    byte[] path = new byte[length - 2];
    for (int i = 0; i < path.length; i++) {
      path[i] = memory.get(i + 2);
    }
    DescriptorInspector.unix(operation, path);
  }

  /** Before native code does something that cannot be observed. */
  public static void blind(String what) throws IOException {
    DescriptorInspector.blind(what);
  }

  /** Before the application attaches to another JVM. */
  public static void attach(String pid) throws IOException {
    DescriptorInspector.attach(pid);
  }

  /** Before the JDK loads a library that the application names, or one of the system. */
  public static void library(String path) throws IOException {
    String denial = DescriptorInspector.library(path);
    if (denial != null) {
      throw new IOException(denial);
    }
  }

  /**
   * The same where the JDK tries one library after the other.
   *
   * @return the library to try; for a denied one, a path where nothing can be
   */
  public static String libraryOrNone(String path) {
    return allowed(path) ? path : NO_LIBRARY;
  }

  /** The same for a library that the JDK can do without. */
  public static boolean allowed(String path) {
    return DescriptorInspector.library(path) == null;
  }

  /** Before the JVM runs a diagnostic command, or several, one on each line. */
  public static void diagnostic(String commands) {
    for (String line : commands.split("\n", -1)) {
      String command = line.strip();
      if (command.startsWith(LOAD_AGENT)) {
        String agent = command.substring(LOAD_AGENT.length()).strip();
        String denial = DescriptorInspector.library(agent);
        if (denial != null) {
          throw new IllegalArgumentException(denial);
        }
      }
    }
  }

  /** Before an agent that was loaded into the running JVM is started. */
  public static void agent(String className) {
    String denial = DescriptorInspector.library("agent ".concat(className));
    if (denial != null) {
      throw new IllegalStateException(denial);
    }
  }

  /** Before a native function becomes a method handle. */
  public static void foreign() {
    Bridge.foreign(null);
  }

  /** In place of a native method of a known name and an unknown signature. */
  public static UnsatisfiedLinkError unknown(String what) {
    return new UnsatisfiedLinkError("appaware: denied, as this form of " + what + " is unknown");
  }
}
