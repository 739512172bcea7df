package io.github.appaware.hook;

import static io.github.appaware.hook.TransportHook.CAPACITY;
import static io.github.appaware.hook.TransportHook.RESULT;
import static io.github.appaware.hook.TransportHook.THIS;

import io.github.appaware.bridge.NativeTransports;
import io.github.appaware.hook.TransportHook.How;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hooked methods outside {@code java.base}: of Netty 4.1 and 4.2 with its own look-ups of names
 * over any transport, junixsocket 2.6 and later, Tomcat Native, and the JDK's own {@code
 * jdk.attach} and {@code jdk.incubator.foreign}. A native method with one of these names and
 * another descriptor fails when it is called.
 */
final class TransportTable {
  private static final String BYTES = "([B)V";
  private static final String FD = "(I)V";
  private static final String FD_BYTES_PORT = "(I[BI)V";
  private static final String PACKET = "LNativeDatagramPacketArray$NativeDatagramPacket;";
  private static final String NAME = "(Ljava/lang/String;)V";
  private static final String RAW = "(Ljava/nio/ByteBuffer;ILjava/io/FileDescriptor;)V";
  private static final String FROM = "(Ljava/lang/Object;I)Z";

  private static final List<TransportHook> ROWS =
      List.of(
          socket("connect", "(IZ[BII)I", "connect", FD_BYTES_PORT, 0, 2, 4),
          socket("connect", "(I[BII)I", "connect", FD_BYTES_PORT, 0, 1, 3),
          // The object has the name under which it was found; the native method gets its bytes.
          row(
              NativeTransports.NETTY_SOCKET,
              "connect",
              "(LSocketAddress;)Z",
              How.ENTRY,
              "destination",
              "(Ljava/net/SocketAddress;)V",
              0),
          socket("connectDomainSocket", "(I[B)I", "connectUnix", BYTES, 1),
          socket("bind", "(IZ[BII)I", "bind", FD_BYTES_PORT, 0, 2, 4),
          socket("bind", "(I[BII)I", "bind", FD_BYTES_PORT, 0, 1, 3),
          socket("bindDomainSocket", "(I[B)I", "bindUnix", BYTES, 1),
          socket("listen", "(II)I", "listen", FD, 0),
          row(
              NativeTransports.NETTY_SOCKET,
              "accept",
              "(I[B)I",
              How.AFTER_ACCEPT,
              "accepted",
              "(I)Z",
              RESULT),
          socket("sendTo", "(IZLByteBuffer;II[BIII)I", "send", FD_BYTES_PORT, 0, 5, 7),
          socket("sendTo", "(IZLByteBuffer;II[BII)I", "send", FD_BYTES_PORT, 0, 5, 7),
          socket("sendTo", "(ILByteBuffer;II[BII)I", "send", FD_BYTES_PORT, 0, 4, 6),
          socket("sendToAddress", "(IZJII[BIII)I", "send", FD_BYTES_PORT, 0, 5, 7),
          socket("sendToAddress", "(IZJII[BII)I", "send", FD_BYTES_PORT, 0, 5, 7),
          socket("sendToAddress", "(IJII[BII)I", "send", FD_BYTES_PORT, 0, 4, 6),
          socket("sendToAddresses", "(IZJI[BIII)I", "send", FD_BYTES_PORT, 0, 4, 6),
          socket("sendToAddresses", "(IZJI[BII)I", "send", FD_BYTES_PORT, 0, 4, 6),
          socket("sendToAddresses", "(IJI[BII)I", "send", FD_BYTES_PORT, 0, 3, 5),
          socket("sendToDomainSocket", "(ILByteBuffer;II[B)I", "connectUnix", BYTES, 4),
          socket("sendToAddressDomainSocket", "(IJII[B)I", "connectUnix", BYTES, 4),
          socket("sendToAddressesDomainSocket", "(IJI[B)I", "connectUnix", BYTES, 3),
          received("recvFrom", "(ILByteBuffer;II)LDatagramSocketAddress;"),
          received("recvFromAddress", "(IJII)LDatagramSocketAddress;"),
          // Epoll.
          join(NativeTransports.NETTY_EPOLL_SOCKET, "joinGroup", "(IZ[B[BII)V"),
          join(NativeTransports.NETTY_EPOLL_SOCKET, "joinSsmGroup", "(IZ[B[BII[B)V"),
          blind(NativeTransports.NETTY_EPOLL_SOCKET, "connectVSock", "(III)I"),
          blind(NativeTransports.NETTY_EPOLL_SOCKET, "bindVSock", "(III)I"),
          row(
              NativeTransports.NETTY_EPOLL,
              "sendmmsg0",
              "(IZ[" + PACKET + "II)I",
              How.LIMIT,
              "sendAll",
              "(I[Ljava/lang/Object;II)I",
              0,
              2,
              3,
              4),
          row(
              NativeTransports.NETTY_EPOLL,
              "recvmmsg0",
              "(IZ[" + PACKET + "II)I",
              How.AFTER,
              "receivedAll",
              "(II[Ljava/lang/Object;II)I",
              RESULT,
              0,
              2,
              3,
              CAPACITY),
          row(
              NativeTransports.NETTY_EPOLL,
              "recvmsg0",
              "(IZ" + PACKET + ")I",
              How.AFTER,
              "receivedOne",
              "(IILjava/lang/Object;I)I",
              RESULT,
              0,
              2,
              CAPACITY),
          // Kqueue.
          row(
              NativeTransports.NETTY_KQUEUE_SOCKET,
              "connectx",
              "(IIZ[BIIZ[BIIIJII)I",
              How.BEFORE,
              "connect",
              FD_BYTES_PORT,
              0,
              7,
              9),
          row(
              NativeTransports.NETTY_KQUEUE_SOCKET,
              "connectx",
              "(LInetSocketAddress;LInetSocketAddress;LIovArray;Z)I",
              How.ENTRY,
              "destination",
              "(Ljava/net/SocketAddress;)V",
              1),
          // io_uring: entries of the ring are checked when they are prepared.
          join(NativeTransports.NETTY_URING_SOCKET, "joinGroup", "(IZ[B[BII)V"),
          join(NativeTransports.NETTY_URING_SOCKET, "joinSsmGroup", "(IZ[B[BII[B)V"),
          ringConnect(NativeTransports.NETTY_URING_CHANNEL),
          ringConnect(NativeTransports.INCUBATOR_CHANNEL),
          row(
              NativeTransports.NETTY_URING_CHANNEL,
              "submitConnect",
              "(LDomainSocketAddress;)V",
              How.ENTRY_BLIND,
              "blind",
              NAME),
          ringAccept(NativeTransports.NETTY_URING_SERVER, "(ILByteBuffer;)LChannel;"),
          ringAccept(NativeTransports.NETTY_URING_UNIX_SERVER, "(ILByteBuffer;)LChannel;"),
          ringAccept(NativeTransports.NETTY_URING_SERVER, "(IJJ)LChannel;"),
          ringAccept(NativeTransports.INCUBATOR_SERVER, "(IJJ)LChannel;"),
          ringSend("set"),
          ringSend("write"),
          // Look-ups, before Netty's cache; a failure is what the promise gets.
          lookUp("doResolve", "(LString;[LDnsRecord;LPromise;LDnsCache;)V"),
          lookUp("doResolveAll", "(LString;[LDnsRecord;LPromise;LDnsCache;)V"),
          question("query", "(LInetSocketAddress;LDnsQuestion;LIterable;LPromise;)LFuture;", 1, 3),
          question("resolveAll", "(LDnsQuestion;[LDnsRecord;LPromise;)LFuture;", 0, 2),
          found(
              NativeTransports.NETTY_RESOLVER,
              "resolveHostsFileEntry",
              "(LString;)LInetAddress;",
              0),
          found(NativeTransports.NETTY_RESOLVER, "resolveHostsFileEntries", "(LString;)LList;", 0),
          found(
              NativeTransports.NETTY_DECODER,
              "decodeAddress",
              "(LDnsRecord;LString;Z)LInetAddress;",
              1),
          // junixsocket.
          raw("connect", "(LByteBuffer;ILFileDescriptor;J)Z", "connect", 0, 1, 2),
          raw("bind", "(LByteBuffer;ILFileDescriptor;I)J", "bind", 0, 1, 2),
          raw(
              "send",
              "(LFileDescriptor;LByteBuffer;IILByteBuffer;IILAncillaryDataSupport;)I",
              "connect",
              4,
              5,
              0),
          row(
              NativeTransports.JUNIXSOCKET,
              "listen",
              "(LFileDescriptor;I)V",
              How.BEFORE,
              "listen",
              "(Ljava/io/FileDescriptor;)V",
              0),
          row(
              NativeTransports.JUNIXSOCKET,
              "accept",
              "(LByteBuffer;ILFileDescriptor;LFileDescriptor;JI)Z",
              How.AFTER_ACCEPT,
              "accepted",
              "(ZLjava/io/FileDescriptor;)Z",
              RESULT,
              3),
          // Tomcat Native: addresses are pointers.
          blind(NativeTransports.TOMCAT, "connect", "(JJ)I"),
          blind(NativeTransports.TOMCAT, "bind", "(JJ)I"),
          blind(NativeTransports.TOMCAT, "listen", "(JI)I"),
          blind(NativeTransports.TOMCAT, "accept", "(J)J"),
          blind(NativeTransports.TOMCAT, "acceptx", "(JJ)J"),
          blind(NativeTransports.TOMCAT, "sendto", "(JJI[BII)I"),
          blind(NativeTransports.TOMCAT, "recvfrom", "(JJI[BII)I"),
          // The JDK's own modules outside java.base.
          row(
              NativeTransports.ATTACH,
              "<init>",
              "(LAttachProvider;LString;)V",
              How.ENTRY,
              "attach",
              NAME,
              1),
          row(
              NativeTransports.INCUBATOR_LINKER,
              "downcallHandle",
              "(LMethodType;LFunctionDescriptor;)LMethodHandle;",
              How.ENTRY,
              "foreign",
              "()V"));

  private TransportTable() {}

  /** The rows for a class. */
  static List<TransportHook> of(String suffix) {
    return Stream.concat(ROWS.stream(), ProxyTable.LIBRARIES.stream())
        .filter(row -> row.suffix().equals(suffix))
        .toList();
  }

  private static TransportHook socket(
      String method,
      String descriptor,
      String bridgeMethod,
      String bridgeDescriptor,
      Integer... arguments) {
    return row(
        NativeTransports.NETTY_SOCKET,
        method,
        descriptor,
        How.BEFORE,
        bridgeMethod,
        bridgeDescriptor,
        arguments);
  }

  private static TransportHook received(String method, String descriptor) {
    return row(
        NativeTransports.NETTY_SOCKET, method, descriptor, How.AFTER, "received", FROM, RESULT, 0);
  }

  private static TransportHook join(String suffix, String method, String descriptor) {
    return row(suffix, method, descriptor, How.BEFORE, "join", BYTES, 2);
  }

  private static TransportHook blind(String suffix, String method, String descriptor) {
    return row(suffix, method, descriptor, How.BLIND, "blind", NAME);
  }

  private static TransportHook lookUp(String method, String descriptor) {
    return row(NativeTransports.NETTY_RESOLVER, method, descriptor, How.ENTRY, "lookUp", NAME, 0);
  }

  private static TransportHook question(
      String method, String descriptor, int question, int promise) {
    return row(
        NativeTransports.NETTY_RESOLVER,
        method,
        descriptor,
        How.ENTRY_PROMISE,
        "failedLookUp",
        "(Ljava/lang/String;)Ljava/lang/Throwable;",
        question,
        promise);
  }

  private static TransportHook found(String suffix, String method, String descriptor, int name) {
    return row(
        suffix,
        method,
        descriptor,
        How.EXIT,
        "found",
        "(Ljava/lang/Object;Ljava/lang/String;)V",
        name);
  }

  private static TransportHook ringConnect(String suffix) {
    return row(
        suffix,
        "submitConnect",
        "(LInetSocketAddress;)V",
        How.ENTRY,
        "connect",
        "(Ljava/lang/Object;Ljava/net/InetSocketAddress;)V",
        THIS,
        0);
  }

  private static TransportHook ringAccept(String suffix, String descriptor) {
    return row(suffix, "newChildChannel", descriptor, How.ENTRY_ACCEPT, "accepted", "(I)Z", 0);
  }

  private static TransportHook ringSend(String method) {
    return row(
        NativeTransports.NETTY_URING_MESSAGE,
        method,
        "(LLinuxSocket;LInetSocketAddress;JIS)V",
        How.ENTRY,
        "send",
        "(Ljava/net/InetSocketAddress;)V",
        1);
  }

  private static TransportHook raw(
      String method, String descriptor, String bridgeMethod, Integer... arguments) {
    return row(
        NativeTransports.JUNIXSOCKET, method, descriptor, How.BEFORE, bridgeMethod, RAW, arguments);
  }

  private static TransportHook row(
      String suffix,
      String method,
      String descriptor,
      How how,
      String bridgeMethod,
      String bridgeDescriptor,
      Integer... arguments) {
    return new TransportHook(
        suffix, method, descriptor, how, bridgeMethod, bridgeDescriptor, Arrays.asList(arguments));
  }
}
