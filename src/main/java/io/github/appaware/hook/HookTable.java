package io.github.appaware.hook;

import static io.github.appaware.hook.Hook.NOW;

import io.github.appaware.hook.Hook.BeforeListen;
import io.github.appaware.hook.Hook.Inlined;
import java.util.List;

/**
 * The narrow waist of the JDK: every public API passes one of these methods on its way to the
 * network. Checked against {@code javap -p} of JDK 17 and 25; weaving fails, and with it the run,
 * when a row is not there.
 */
final class HookTable {
  private static final String FD = "Ljava/io/FileDescriptor;";
  private static final String INET = "Ljava/net/InetAddress;";
  private static final String PATH = "Ljava/nio/file/Path;";
  private static final String SOCKET_ADDRESS = "Ljava/net/SocketAddress;";
  private static final String STRING = "Ljava/lang/String;";
  private static final String FAMILY_FD_INET_PORT = "(Ljava/net/ProtocolFamily;" + FD + INET + "I)";
  private static final String LOOKUP_POLICY = "Ljava/net/spi/InetAddressResolver$LookupPolicy;";

  private static final List<Hook> ROWS =
      List.of(
          // TCP, and UDP with a fixed peer: all overloads and all channels end here.
          row("sun.nio.ch.Net", "connect", ConnectAdvice.class, FAMILY_FD_INET_PORT + "I"),
          row("sun.nio.ch.Net", "bind", BindAdvice.class, FAMILY_FD_INET_PORT + "V"),
          // The callers of the native Net.listen.
          listen("sun.nio.ch.NioSocketImpl", "listen", false, "(I)V"),
          listen(
              "sun.nio.ch.ServerSocketChannelImpl",
              "netBind",
              false,
              "(" + SOCKET_ADDRESS + "I)" + SOCKET_ADDRESS),
          listen(
              "sun.nio.ch.ServerSocketChannelImpl",
              "unixBind",
              true,
              "(" + SOCKET_ADDRESS + "I)" + SOCKET_ADDRESS),
          listen(
              "sun.nio.ch.AsynchronousServerSocketChannelImpl",
              "bind",
              false,
              "(" + SOCKET_ADDRESS + "I)Ljava/nio/channels/AsynchronousServerSocketChannel;"),
          // Unix-domain sockets.
          row(
              "sun.nio.ch.UnixDomainSockets",
              "connect",
              UnixConnectAdvice.class,
              "(" + FD + PATH + ")I"),
          row("sun.nio.ch.UnixDomainSockets", "bind", UnixBindAdvice.class, "(" + FD + PATH + ")V"),
          row(
              "sun.nio.ch.UnixDomainSockets",
              "getRandom",
              RandomAdvice.class,
              "()Ljava/util/Random;"),
          // Datagrams to an address of their own.
          row(
              "sun.nio.ch.DatagramChannelImpl",
              "send",
              SendAdvice.class,
              "(" + FD + "Ljava/nio/ByteBuffer;Ljava/net/InetSocketAddress;)I"),
          // Look-ups, before the JDK's cache.
          row(
              "java.net.InetAddress",
              "getAllByName0",
              LookUpAdvice.class,
              "(" + STRING + INET + "ZZ)[" + INET,
              "(" + STRING + "Z)[" + INET),
          row(
              "java.net.InetAddress",
              "getHostFromNameService",
              ReverseAdvice.class,
              "(" + INET + "Z)" + STRING,
              "(" + INET + ")" + STRING),
          // Where a name that was denied shows up as an address that is not resolved.
          row(
              "sun.nio.ch.NioSocketImpl",
              "connect",
              UnresolvedSocketAdvice.class,
              "(" + SOCKET_ADDRESS + "I)V"),
          row(
              "sun.nio.ch.Net",
              "checkAddress",
              UnresolvedChannelAdvice.class,
              "(" + SOCKET_ADDRESS + ")Ljava/net/InetSocketAddress;"),
          // The JDK's own resolvers, which are also called past that cache. What they find is what
          // a name means; a resolver of the application proves nothing.
          row(
              "java.net.InetAddress$PlatformNameService",
              "lookupAllHostAddr",
              PlatformLookUpAdvice.class,
              17,
              17,
              "(" + STRING + ")[" + INET),
          row(
              "java.net.InetAddress$HostsFileNameService",
              "lookupAllHostAddr",
              ResolvedAdvice.class,
              17,
              17,
              "(" + STRING + ")[" + INET),
          row(
              "java.net.Inet4AddressImpl",
              "lookupAllHostAddr",
              PlatformLookUpAdvice.class,
              18,
              NOW,
              "(" + STRING + LOOKUP_POLICY + ")[" + INET),
          row(
              "java.net.Inet6AddressImpl",
              "lookupAllHostAddr",
              PlatformLookUpAdvice.class,
              18,
              NOW,
              "(" + STRING + LOOKUP_POLICY + ")[" + INET),
          row(
              "java.net.InetAddress$HostsFileResolver",
              "lookupByName",
              ResolvedStreamAdvice.class,
              18,
              NOW,
              "(" + STRING + LOOKUP_POLICY + ")Ljava/util/stream/Stream;"),
          row(
              "java.net.InetAddress$PlatformResolver",
              "lookupByAddress",
              PlatformReverseAdvice.class,
              18,
              NOW,
              "([B)" + STRING),
          // JDK 17 with -Djdk.net.usePlainSocketImpl: the sockets of before JDK 13.
          row(
              "java.net.AbstractPlainSocketImpl",
              "doConnect",
              PlainConnectAdvice.class,
              17,
              17,
              "(" + INET + "II)V"),
          row(
              "java.net.AbstractPlainSocketImpl",
              "bind",
              PlainBindAdvice.class,
              17,
              17,
              "(" + INET + "I)V"),
          row(
              "java.net.AbstractPlainSocketImpl",
              "listen",
              PlainListenAdvice.class,
              17,
              17,
              "(I)V"),
          // JDK 17 with jdk.net.usePlainDatagramSocketImpl, which can be set at any time.
          row(
              "java.net.AbstractPlainDatagramSocketImpl",
              "connect",
              PlainDatagramConnectAdvice.class,
              17,
              17,
              "(" + INET + "I)V"),
          row(
              "java.net.AbstractPlainDatagramSocketImpl",
              "bind",
              PlainDatagramBindAdvice.class,
              17,
              17,
              "(I" + INET + ")V"),
          row(
              "java.net.AbstractPlainDatagramSocketImpl",
              "send",
              PlainDatagramSendAdvice.class,
              17,
              17,
              "(Ljava/net/DatagramPacket;)V"),
          // What the target starts.
          row(
              "java.lang.ProcessImpl",
              "start",
              ChildAdvice.class,
              "(["
                  + STRING
                  + "Ljava/util/Map;"
                  + STRING
                  + "[Ljava/lang/ProcessBuilder$Redirect;Z)Ljava/lang/Process;"));

  private HookTable() {}

  /** The rows for a JDK. */
  static List<Hook> of(int feature) {
    return ROWS.stream().filter(hook -> hook.in(feature)).toList();
  }

  private static Hook row(String type, String method, Class<?> advice, String... descriptors) {
    return row(type, method, advice, 0, NOW, descriptors);
  }

  private static Hook row(
      String type, String method, Class<?> advice, int since, int until, String... descriptors) {
    return new Hook(type, method, List.of(descriptors), new Inlined(advice), since, until);
  }

  private static Hook listen(String type, String method, boolean unix, String descriptor) {
    return new Hook(type, method, List.of(descriptor), new BeforeListen(unix), 0, NOW);
  }
}
