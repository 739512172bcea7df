package io.github.appaware.bridge;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Set;

/**
 * Stand-ins for types inside the JDK, so that {@link Bridge} can be compiled against them; the
 * weaver renames them to the real ones. Their bodies never run.
 *
 * <p>The file is long because it is a list: all that the bridge knows of the JDK's inside is to be
 * read in one place when a new JDK is checked.
 */
public final class JdkStubs {
  /** The real names, by the names here. */
  private static final String ACCESS = "jdk.internal.access.";

  private JdkStubs() {}

  /** {@code jdk.internal.access.SharedSecrets}. */
  public static final class SharedSecrets {
    /** The name in the JDK. */
    public static final String JDK_NAME = ACCESS + "SharedSecrets";

    private SharedSecrets() {}

    static JavaLangAccess getJavaLangAccess() {
      return null; // never runs
    }

    static JavaIOFileDescriptorAccess getJavaIOFileDescriptorAccess() {
      return null; // never runs
    }
  }

  /** {@code jdk.internal.access.JavaIOFileDescriptorAccess}. */
  public interface JavaIOFileDescriptorAccess {
    /** The name in the JDK. */
    String JDK_NAME = ACCESS + "JavaIOFileDescriptorAccess";

    /** Sets the number of the descriptor. */
    void set(FileDescriptor descriptor, int number);

    /** The number of the descriptor. */
    int get(FileDescriptor descriptor);

    /** Closes the socket too, with or without a cleaner. */
    void close(FileDescriptor descriptor) throws IOException;
  }

  /** {@code jdk.internal.access.JavaLangAccess}. */
  public interface JavaLangAccess {
    /** The name in the JDK. */
    String JDK_NAME = ACCESS + "JavaLangAccess";

    /** Slots run in order: 0 is the console's, 1 the application's hooks, 2 files to delete. */
    void registerShutdownHook(int slot, boolean registerShutdownInProgress, Runnable hook);

    /** The class's, without a question to the security manager. */
    ProtectionDomain protectionDomain(Class<?> type);
  }

  /** {@code jdk.internal.util.StaticProperty}. */
  public static final class StaticProperty {
    /** The name in the JDK. */
    public static final String JDK_NAME = "jdk.internal.util.StaticProperty";

    private StaticProperty() {}

    static String userDir() {
      return null; // never runs
    }

    static String sunBootLibraryPath() {
      return null; // never runs
    }
  }

  /** {@code jdk.internal.misc.Signal}. */
  public static final class Signal {
    /** The name in the JDK. */
    public static final String JDK_NAME = "jdk.internal.misc.Signal";

    Signal(String name) {}

    /** Sends it to this process. */
    static void raise(Signal signal) {}
  }

  /** {@code sun.nio.ch.DefaultSelectorProvider}. */
  public static final class DefaultSelectorProvider {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.DefaultSelectorProvider";

    private DefaultSelectorProvider() {}

    static SelectorProviderImpl get() {
      return null; // never runs
    }
  }

  /** {@code sun.nio.ch.SelectorProviderImpl}. */
  public abstract static class SelectorProviderImpl extends SelectorProvider {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.SelectorProviderImpl";

    private SelectorProviderImpl() {}
  }

  /** {@code sun.nio.ch.SelChImpl}, which every channel of the JDK implements. */
  public interface SelChImpl {
    /** The name in the JDK. */
    String JDK_NAME = "sun.nio.ch.SelChImpl";

    /** The socket. */
    FileDescriptor getFD();
  }

  /** {@code jdk.internal.misc.VM}. */
  public static final class Vm {
    /** The name in the JDK. */
    public static final String JDK_NAME = "jdk.internal.misc.VM";

    private Vm() {}

    static String[] getRuntimeArguments() {
      return null; // never runs
    }
  }

  /** {@code jdk.internal.misc.Unsafe}. */
  public static final class Unsafe {
    /** The name in the JDK. */
    public static final String JDK_NAME = "jdk.internal.misc.Unsafe";

    private Unsafe() {}

    static Unsafe getUnsafe() {
      return null; // never runs
    }

    /** An {@link InternalError} if there is no such field; hidden ones are found too. */
    long objectFieldOffset(Class<?> type, String field) {
      return 0; // never runs
    }

    Object getReference(Object of, long offset) {
      return null; // never runs
    }

    void putReference(Object of, long offset, Object value) {}
  }

  /** {@code jdk.internal.reflect.Reflection}. */
  public static final class Reflection {
    /** The name in the JDK. */
    public static final String JDK_NAME = "jdk.internal.reflect.Reflection";

    private Reflection() {}

    /** Hides fields, or with {@code *} all of them. */
    static void registerFieldsToFilter(Class<?> type, Set<String> names) {}
  }

  /** {@code sun.nio.ch.Net}. */
  public static final class Net {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.Net";

    private Net() {}

    static int connect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port)
        throws IOException {
      return 0; // never runs
    }

    static void bind(ProtocolFamily family, FileDescriptor fd, InetAddress local, int port)
        throws IOException {}

    static int accept(FileDescriptor fd, FileDescriptor accepted, InetSocketAddress[] peer)
        throws IOException {
      return 0; // never runs
    }

    static int poll(FileDescriptor fd, int events, long millis) throws IOException {
      return 0; // never runs
    }

    static InetSocketAddress localAddress(FileDescriptor fd) throws IOException {
      return null; // never runs
    }

    static InetSocketAddress remoteAddress(FileDescriptor fd) throws IOException {
      return null; // never runs
    }
  }

  /** {@code sun.nio.ch.NativeDispatcher}. */
  public abstract static class NativeDispatcher {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.NativeDispatcher";

    private NativeDispatcher() {}
  }

  /** {@code sun.nio.ch.IOUtil}. */
  public static final class IoUtil {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.IOUtil";

    private IoUtil() {}

    static int read(FileDescriptor fd, ByteBuffer into, long position, NativeDispatcher dispatcher)
        throws IOException {
      return 0; // never runs
    }

    static long read(
        FileDescriptor fd, ByteBuffer[] into, int offset, int length, NativeDispatcher dispatcher)
        throws IOException {
      return 0; // never runs
    }

    static int write(FileDescriptor fd, ByteBuffer from, long position, NativeDispatcher dispatcher)
        throws IOException {
      return 0; // never runs
    }

    static long write(
        FileDescriptor fd, ByteBuffer[] from, int offset, int length, NativeDispatcher dispatcher)
        throws IOException {
      return 0; // never runs
    }

    /** The reading end's number in the upper half. */
    static long makePipe(boolean blocking) throws IOException {
      return 0; // never runs
    }

    static FileDescriptor newFD(int number) {
      return null; // never runs
    }

    static int fdVal(FileDescriptor fd) {
      return 0; // never runs
    }

    static boolean drain(int number) throws IOException {
      return false; // never runs
    }

    static int write1(int number, byte b) throws IOException {
      return 0; // never runs
    }
  }

  /** {@code sun.nio.ch.NioSocketImpl}. */
  public static final class NioSocketImpl {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.NioSocketImpl";

    NioSocketImpl(boolean server) {}

    void create(boolean stream) throws IOException {}

    void bind(InetAddress local, int port) throws IOException {}

    void listen(int backlog) throws IOException {}

    void close() throws IOException {}
  }

  /** {@code sun.nio.ch.SocketChannelImpl}. */
  public static final class SocketChannelImpl {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.SocketChannelImpl";

    private SocketChannelImpl() {}
  }

  /** {@code sun.nio.ch.DatagramChannelImpl}. */
  public static final class DatagramChannelImpl {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.DatagramChannelImpl";

    private DatagramChannelImpl() {}
  }

  /** {@code sun.nio.ch.NativeSocketAddress}: where a datagram came from, in native memory. */
  public static final class NativeSocketAddress {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.NativeSocketAddress";

    private NativeSocketAddress() {}

    InetSocketAddress decode() throws SocketException {
      return null; // never runs
    }
  }

  /** {@code sun.nio.ch.UnixDomainSockets}. */
  public static final class UnixDomainSockets {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.UnixDomainSockets";

    private UnixDomainSockets() {}

    static int connect(FileDescriptor fd, Path path) throws IOException {
      return 0; // never runs
    }

    static UnixDomainSocketAddress localAddress(FileDescriptor fd) throws IOException {
      return null; // never runs
    }
  }

  /** {@code sun.nio.ch.UnixDomainSocketsUtil}. */
  public static final class UnixDomainSocketsUtil {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.UnixDomainSocketsUtil";

    private UnixDomainSocketsUtil() {}

    static String getTempDir() {
      return null; // never runs
    }
  }

  /** {@code java.net.SocketImpl}, whose fields are package-private. */
  public static final class SocketImpl {
    /** The name in the JDK. */
    public static final String JDK_NAME = "java.net.SocketImpl";

    /** The socket. */
    public FileDescriptor fd;

    /** The peer. */
    public InetAddress address;

    /** The peer's port. */
    public int port;

    /** The local port. */
    public int localport;

    private SocketImpl() {}
  }

  /** {@code java.net.PlainSocketImpl} of JDK 17. */
  public static final class PlainSocketImpl {
    /** The name in the JDK. */
    public static final String JDK_NAME = "java.net.PlainSocketImpl";

    /** One that has no socket yet. */
    public PlainSocketImpl(boolean isServer) {}
  }

  /** {@code java.net.DatagramPacket}, whose fields are package-private. */
  public static final class Packet {
    /** The name in the JDK. */
    public static final String JDK_NAME = "java.net.DatagramPacket";

    /** The memory. */
    public byte[] buf;

    /** Where in it a datagram begins. */
    public int offset;

    /** The length of the datagram. */
    public int length;

    /** How much of the memory is for datagrams. */
    public int bufLength;

    /** The sender. */
    public InetAddress address;

    /** The sender's port. */
    public int port;

    private Packet() {}
  }

  /** {@code sun.nio.ch.sctp.SctpNet}. */
  public static final class SctpNet {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.sctp.SctpNet";

    private SctpNet() {}

    /** The addresses that the socket is bound to. */
    public static Set<SocketAddress> getLocalAddresses(int fd) throws IOException {
      return null; // never runs
    }

    /** The addresses of the association's peer. */
    public static Set<SocketAddress> getRemoteAddresses(int fd, int association)
        throws IOException {
      return null; // never runs
    }
  }

  /** {@code sun.nio.ch.sctp.ResultContainer}: a received message or notification. */
  public static final class ResultContainer {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.sctp.ResultContainer";

    private ResultContainer() {}

    /** Whether anything was received. */
    public boolean hasSomething() {
      return false; // never runs
    }

    /** Whether it is a notification, not a message. */
    public boolean isNotification() {
      return false; // never runs
    }

    /** The message's metadata. */
    public MessageInfoImpl getMessageInfo() {
      return null; // never runs
    }

    /** Discards it. */
    public void clear() {}
  }

  /** {@code sun.nio.ch.sctp.MessageInfoImpl}. */
  public static final class MessageInfoImpl {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.sctp.MessageInfoImpl";

    private MessageInfoImpl() {}

    /** Where the message came from. */
    public SocketAddress address() {
      return null; // never runs
    }
  }

  /** {@code sun.net.www.http.HttpClient}, a connection to an HTTP server or proxy. */
  public static final class HttpClient {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.net.www.http.HttpClient";

    /** Whether requests are in absolute form, unless there is a tunnel. */
    public boolean usingProxy;

    private HttpClient() {}

    /** Null without a proxy. */
    public String getProxyHostUsed() {
      return null; // never runs
    }

    /** The proxy's port. */
    public int getProxyPortUsed() {
      return 0; // never runs
    }
  }

  /** {@code jdk.internal.net.http.HttpRequestImpl}. */
  public static final class HttpRequestImpl {
    /** The name in the JDK. */
    public static final String JDK_NAME = "jdk.internal.net.http.HttpRequestImpl";

    private HttpRequestImpl() {}

    /** Null without a proxy. */
    public InetSocketAddress proxy() {
      return null; // never runs
    }
  }
}
