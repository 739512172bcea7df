package io.github.appaware.hook;

import static io.github.appaware.hook.Hook.NOW;

import io.github.appaware.hook.Hook.BeforeListen;
import io.github.appaware.hook.Hook.Inlined;
import io.github.appaware.hook.Hook.LateDirectory;
import io.github.appaware.hook.Hook.OwnBuffer;
import io.github.appaware.hook.Hook.Redirected;
import io.github.appaware.hook.Hook.WatchedPeer;
import io.github.appaware.hook.advice.AddressAdvice;
import io.github.appaware.hook.advice.BindAdvice;
import io.github.appaware.hook.advice.ConnectAdvice;
import io.github.appaware.hook.advice.FoundAdvice;
import io.github.appaware.hook.advice.InheritedAdvice;
import io.github.appaware.hook.advice.JndiAdvice;
import io.github.appaware.hook.advice.JoinAdvice;
import io.github.appaware.hook.advice.LookUpAdvice;
import io.github.appaware.hook.advice.ManagedLookUpAdvice;
import io.github.appaware.hook.advice.NetworkAdvice;
import io.github.appaware.hook.advice.PlainAcceptAdvice;
import io.github.appaware.hook.advice.PlainBindAdvice;
import io.github.appaware.hook.advice.PlainConnectAdvice;
import io.github.appaware.hook.advice.PlainDatagramBindAdvice;
import io.github.appaware.hook.advice.PlainDatagramConnectAdvice;
import io.github.appaware.hook.advice.PlainDatagramSendAdvice;
import io.github.appaware.hook.advice.PlainJoinAdvice;
import io.github.appaware.hook.advice.PlainJoinGroupAdvice;
import io.github.appaware.hook.advice.PlainListenAdvice;
import io.github.appaware.hook.advice.PlainReceiveAdvice;
import io.github.appaware.hook.advice.PlatformLookUpAdvice;
import io.github.appaware.hook.advice.PlatformReverseAdvice;
import io.github.appaware.hook.advice.RandomAdvice;
import io.github.appaware.hook.advice.ReachableAdvice;
import io.github.appaware.hook.advice.ReceiveAdvice;
import io.github.appaware.hook.advice.RepairAdvice;
import io.github.appaware.hook.advice.ResolvedAdvice;
import io.github.appaware.hook.advice.ResolvedStreamAdvice;
import io.github.appaware.hook.advice.ReverseAdvice;
import io.github.appaware.hook.advice.SctpBindAdvice;
import io.github.appaware.hook.advice.SctpBranchAdvice;
import io.github.appaware.hook.advice.SctpConnectAdvice;
import io.github.appaware.hook.advice.SctpListenAdvice;
import io.github.appaware.hook.advice.SctpReceiveAdvice;
import io.github.appaware.hook.advice.SctpSendAdvice;
import io.github.appaware.hook.advice.SendAdvice;
import io.github.appaware.hook.advice.UnixAcceptAdvice;
import io.github.appaware.hook.advice.UnixBindAdvice;
import io.github.appaware.hook.advice.UnixConnectAdvice;
import io.github.appaware.hook.advice.UnresolvedChannelAdvice;
import io.github.appaware.hook.advice.UnresolvedSocketAdvice;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hooked methods of the JDK: every public API reaches the network through one of them. A row
 * says method, advice, and with it what the caller sees: the advice calls one method of the bridge,
 * which throws the exception that the caller gets, or drops the peer. Checked against {@code javap
 * -p} of JDK 17 and 25; weaving fails, and with it the run, when a row's method is missing.
 *
 * <p>The file is long because it is one table with one row for each hooked method; it is read as a
 * whole when a new JDK is checked.
 */
final class HookTable {
  private static final String FD = "Ljava/io/FileDescriptor;";
  private static final String INET = "Ljava/net/InetAddress;";
  private static final String PATH = "Ljava/nio/file/Path;";
  private static final String SOCKET_ADDRESS = "Ljava/net/SocketAddress;";
  private static final String STRING = "Ljava/lang/String;";
  private static final String FAMILY_FD_INET_PORT = "(Ljava/net/ProtocolFamily;" + FD + INET + "I)";
  private static final String BUFFER = "Ljava/nio/ByteBuffer;";
  private static final String PEER = "[Ljava/net/InetSocketAddress;";
  private static final String REACHABLE = "(" + INET + "ILjava/net/NetworkInterface;I)Z";
  private static final String DNS_NAME = "Lcom/sun/jndi/dns/DnsName;";
  private static final String DNS_RECORDS = "Lcom/sun/jndi/dns/ResourceRecords;";
  private static final String LOOKUP_POLICY = "Ljava/net/spi/InetAddressResolver$LookupPolicy;";

  private static final List<Hook> ROWS =
      List.of(
          // TCP, and connected UDP: all overloads and all channels end here.
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
          // The callers of the native Net.accept.
          accept("sun.nio.ch.NioSocketImpl", "accept", "(Ljava/net/SocketImpl;)V"),
          accept("sun.nio.ch.NioSocketImpl", "timedAccept", "(" + FD + FD + PEER + "J)I"),
          accept(
              "sun.nio.ch.ServerSocketChannelImpl",
              "implAccept",
              "(" + FD + FD + "[" + SOCKET_ADDRESS + ")I"),
          accept(
              "sun.nio.ch.UnixAsynchronousServerSocketChannelImpl",
              "implAccept",
              "(Ljava/lang/Object;Ljava/nio/channels/CompletionHandler;)"
                  + "Ljava/util/concurrent/Future;"),
          accept("sun.nio.ch.UnixAsynchronousServerSocketChannelImpl", "onEvent", "(IZ)V"),
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
          late("<clinit>", "()V"),
          late("generateTempName", "()Ljava/net/UnixDomainSocketAddress;"),
          row(
              "sun.nio.ch.UnixDomainSockets",
              "accept",
              UnixAcceptAdvice.class,
              "(" + FD + FD + "[" + STRING + ")I"),
          // Datagrams of unconnected sockets, and multicast groups.
          own("sun.nio.ch.DatagramChannelImpl", "(" + BUFFER + "Z)I", 2),
          row(
              "sun.nio.ch.DatagramChannelImpl",
              "receiveIntoNativeBuffer",
              ReceiveAdvice.class,
              "(" + BUFFER + "IIZ)I"),
          row(
              "sun.nio.ch.DatagramChannelImpl",
              "innerJoin",
              JoinAdvice.class,
              "("
                  + INET
                  + "Ljava/net/NetworkInterface;"
                  + INET
                  + ")Ljava/nio/channels/MembershipKey;"),
          row(
              "sun.nio.ch.DatagramChannelImpl",
              "repairSocket",
              RepairAdvice.class,
              "(Ljava/net/InetSocketAddress;)V"),
          row(
              "sun.nio.ch.DatagramChannelImpl",
              "send",
              SendAdvice.class,
              "(" + FD + BUFFER + "Ljava/net/InetSocketAddress;)I"),
          // Datagrams of connected sockets, where they go to a name server or come from one.
          watched("send", "(" + BUFFER + SOCKET_ADDRESS + ")I"),
          watched("write", "(" + BUFFER + ")I"),
          watched("write", "([" + BUFFER + "II)J"),
          watched("read", "(" + BUFFER + ")I"),
          watched("read", "([" + BUFFER + "II)J"),
          // What depends on java.net.preferIPv4Stack.
          row("java.net.InetAddress", "<clinit>", AddressAdvice.class, "()V"),
          row("java.net.NetworkInterface", "<clinit>", NetworkAdvice.class, "()V"),
          row("sun.nio.ch.Net", "<clinit>", AddressAdvice.class, "()V"),
          row("sun.nio.ch.FileChannelImpl", "<clinit>", NetworkAdvice.class, "()V"),
          // Look-ups, before the JDK's cache.
          row(
              "java.net.InetAddress",
              "getAllByName0",
              ManagedLookUpAdvice.class,
              17,
              23,
              "(" + STRING + INET + "ZZ)[" + INET),
          row(
              "java.net.InetAddress",
              "getAllByName0",
              LookUpAdvice.class,
              24,
              NOW,
              "(" + STRING + INET + "ZZ)[" + INET,
              "(" + STRING + "Z)[" + INET),
          row(
              "java.net.InetAddress",
              "getHostFromNameService",
              ReverseAdvice.class,
              "(" + INET + "Z)" + STRING,
              "(" + INET + ")" + STRING),
          // An echo request, or a connection in its place.
          row("java.net.Inet4AddressImpl", "isReachable", ReachableAdvice.class, REACHABLE),
          row("java.net.Inet6AddressImpl", "isReachable", ReachableAdvice.class, REACHABLE),
          // Channels that the process inherited.
          row(
              "sun.nio.ch.InheritedChannel",
              "createChannel",
              InheritedAdvice.class,
              "()Ljava/nio/channels/Channel;"),
          // Where a denied name arrives as an unresolved address.
          row(
              "sun.nio.ch.NioSocketImpl",
              "connect",
              UnresolvedSocketAdvice.class,
              "(" + SOCKET_ADDRESS + "I)V"),
          row(
              "java.net.AbstractPlainSocketImpl",
              "connect",
              UnresolvedSocketAdvice.class,
              17,
              17,
              "(" + SOCKET_ADDRESS + "I)V"),
          row(
              "sun.nio.ch.Net",
              "checkAddress",
              UnresolvedChannelAdvice.class,
              "(" + SOCKET_ADDRESS + ")Ljava/net/InetSocketAddress;"),
          // The JDK's own resolvers, which can be called without the cache. Only their results link
          // a name to an address; those of an application's resolver do not count.
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
          // What an application's own resolver finds proves nothing: it is only said to be so.
          row(
              "java.net.InetAddress",
              "getAddressesFromNameService",
              FoundAdvice.class,
              18,
              NOW,
              "(" + STRING + ")[" + INET,
              "(" + STRING + INET + ")[" + INET),
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
          row(
              "java.net.AbstractPlainSocketImpl",
              "accept",
              PlainAcceptAdvice.class,
              17,
              17,
              "(Ljava/net/SocketImpl;)V"),
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
          row(
              "java.net.AbstractPlainDatagramSocketImpl",
              "receive",
              PlainReceiveAdvice.class,
              17,
              17,
              "(Ljava/net/DatagramPacket;)V"),
          row(
              "java.net.AbstractPlainDatagramSocketImpl",
              "join",
              PlainJoinAdvice.class,
              17,
              17,
              "(" + INET + ")V"),
          row(
              "java.net.AbstractPlainDatagramSocketImpl",
              "joinGroup",
              PlainJoinGroupAdvice.class,
              17,
              17,
              "(" + SOCKET_ADDRESS + "Ljava/net/NetworkInterface;)V"),
          // JNDI's own look-ups, where an image has them.
          row(
              "com.sun.jndi.dns.DnsClient",
              "query",
              JndiAdvice.class,
              "(" + DNS_NAME + "IIZZ)" + DNS_RECORDS),
          row(
              "com.sun.jndi.dns.DnsClient",
              "queryZone",
              JndiAdvice.class,
              "(" + DNS_NAME + "IZ)" + DNS_RECORDS),
          // SCTP, where an image has it; its channels bind by way of Net.bind.
          row("sun.nio.ch.sctp.SctpNet", "connect", SctpConnectAdvice.class, "(I" + INET + "I)I"),
          row("sun.nio.ch.sctp.SctpNet", "bindx", SctpBindAdvice.class, "(I[" + INET + "IZ)V"),
          row("sun.nio.ch.sctp.SctpNet", "listen", SctpListenAdvice.class, "(II)V"),
          row("sun.nio.ch.sctp.SctpNet", "branch", SctpBranchAdvice.class, "(II)" + FD),
          new Hook(
              "sun.nio.ch.sctp.SctpServerChannelImpl",
              "accept",
              List.of("()Lcom/sun/nio/sctp/SctpChannel;"),
              new Redirected("acceptSctp"),
              0,
              NOW),
          row(
              "sun.nio.ch.sctp.SctpMultiChannelImpl",
              "sendFromNativeBuffer",
              SctpSendAdvice.class,
              "(I" + BUFFER + SOCKET_ADDRESS + "IIZI)I"),
          own(
              "sun.nio.ch.sctp.SctpMultiChannelImpl",
              "(I" + BUFFER + "Lsun/nio/ch/sctp/ResultContainer;)I",
              -1),
          row(
              "sun.nio.ch.sctp.SctpMultiChannelImpl",
              "receiveIntoNativeBuffer",
              SctpReceiveAdvice.class,
              "(ILsun/nio/ch/sctp/ResultContainer;" + BUFFER + "II)I"));

  private HookTable() {}

  /** The rows for a JDK. */
  static List<Hook> of(int feature) {
    return Stream.of(ROWS, LoadingTable.ROWS, ProxyTable.ROWS)
        .flatMap(List::stream)
        .filter(hook -> hook.in(feature))
        .toList();
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

  private static Hook late(String method, String descriptor) {
    return new Hook(
        "sun.nio.ch.UnixDomainSockets", method, List.of(descriptor), new LateDirectory(), 0, NOW);
  }

  private static Hook own(String type, String descriptor, int connected) {
    return new Hook(type, "receive", List.of(descriptor), new OwnBuffer(connected), 0, NOW);
  }

  private static Hook watched(String method, String descriptor) {
    return new Hook(
        "sun.nio.ch.DatagramChannelImpl", method, List.of(descriptor), new WatchedPeer(), 0, NOW);
  }

  private static Hook accept(String type, String method, String descriptor) {
    return new Hook(type, method, List.of(descriptor), new Redirected("accept"), 0, NOW);
  }
}
