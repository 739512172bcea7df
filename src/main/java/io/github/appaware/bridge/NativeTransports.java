package io.github.appaware.bridge;

/**
 * The classes that reach the network without {@code java.base}, or look up names by themselves,
 * identified by the end of their name, as libraries are often relocated into other packages. Called
 * for each class that the application loads, so it allocates nothing.
 */
public final class NativeTransports {
  /** Netty's sockets, for epoll, kqueue and io_uring. */
  public static final String NETTY_SOCKET = "netty/channel/unix/Socket";

  /** What Netty's epoll sockets add. */
  public static final String NETTY_EPOLL_SOCKET = "netty/channel/epoll/LinuxSocket";

  /** Several datagrams in one call. */
  public static final String NETTY_EPOLL = "netty/channel/epoll/Native";

  /** One of these datagrams; its fields are read by {@link NativeTransportBridge}. */
  public static final String NETTY_PACKET =
      "netty/channel/epoll/NativeDatagramPacketArray$NativeDatagramPacket";

  /** What Netty's kqueue sockets add. */
  public static final String NETTY_KQUEUE_SOCKET = "netty/channel/kqueue/BsdSocket";

  /** What io_uring sockets add: in Netty 4.2, and in the incubator before. */
  public static final String NETTY_URING_SOCKET = "channel/uring/LinuxSocket";

  /** Connects through the ring. */
  public static final String NETTY_URING_CHANNEL = "channel/uring/AbstractIoUringChannel";

  /** The same in the incubator. */
  public static final String INCUBATOR_CHANNEL = "channel/uring/AbstractIOUringChannel";

  /** Takes the connections that the ring accepted. */
  public static final String NETTY_URING_SERVER = "channel/uring/IoUringServerSocketChannel";

  /** The same for Unix-domain sockets. */
  public static final String NETTY_URING_UNIX_SERVER =
      "channel/uring/IoUringServerDomainSocketChannel";

  /** The same in the incubator. */
  public static final String INCUBATOR_SERVER = "channel/uring/IOUringServerSocketChannel";

  /** Writes the peer of a datagram for the ring. */
  public static final String NETTY_URING_MESSAGE = "channel/uring/MsgHdrMemory";

  /** Netty's own look-ups, of names. */
  public static final String NETTY_RESOLVER = "netty/resolver/dns/DnsNameResolver";

  /** Makes address objects of the answers. */
  public static final String NETTY_DECODER = "netty/resolver/dns/DnsAddressDecoder";

  /** Sends the requests of Apache HttpClient 4. */
  public static final String APACHE4 = "impl/execchain/MainClientExec";

  /** The same of its first versions, which later ones still have. */
  public static final String APACHE4_DIRECTOR = "impl/client/DefaultRequestDirector";

  /** Connects for each request of Apache HttpClient 5. */
  public static final String APACHE5 = "client5/http/impl/classic/ConnectExec";

  /** The same for its asynchronous client. */
  public static final String APACHE5_ASYNC = "client5/http/impl/async/AsyncConnectExec";

  /** The connections of OkHttp, each used for many requests. */
  public static final String OKHTTP_CONNECTION = "okhttp3/internal/connection/RealConnection";

  /** What opens those of OkHttp 5. */
  public static final String OKHTTP_PLAN = "okhttp3/internal/connection/ConnectPlan";

  /** Netty's tunnels, through HTTP and SOCKS proxies. */
  public static final String NETTY_PROXY = "netty/handler/proxy/ProxyHandler";

  /** Jetty's client. */
  public static final String JETTY = "jetty/client/HttpClient";

  /** The tunnels of the AWS SDK's asynchronous client, which is made of Netty. */
  public static final String AWS_NETTY = "http/nio/netty/internal/Http1TunnelConnectionPool";

  /** The sockets of junixsocket. */
  public static final String JUNIXSOCKET = "newsclub/net/unix/NativeUnixSocket";

  /** The sockets of Apache Tomcat Native. */
  public static final String TOMCAT = "apache/tomcat/jni/Socket";

  /** Attaches to another JVM. */
  public static final String ATTACH = "sun/tools/attach/HotSpotVirtualMachine";

  /**
   * Native functions in JDK 17, in an incubator module; identified by the beginning of the name.
   */
  public static final String INCUBATOR_LINKER = "jdk/internal/foreign/abi/";

  private static final String[] ENDING_IN_T = {
    NETTY_SOCKET,
    NETTY_EPOLL_SOCKET,
    NETTY_PACKET,
    NETTY_KQUEUE_SOCKET,
    NETTY_URING_SOCKET,
    JUNIXSOCKET,
    TOMCAT,
    JETTY
  };

  private static final String[] ENDING_IN_L = {
    NETTY_URING_CHANNEL,
    NETTY_URING_SERVER,
    NETTY_URING_UNIX_SERVER,
    INCUBATOR_CHANNEL,
    INCUBATOR_SERVER,
    AWS_NETTY
  };

  private static final String[] ENDING_IN_E = {NETTY_EPOLL, ATTACH};
  private static final String[] ENDING_IN_R = {
    NETTY_RESOLVER, NETTY_DECODER, NETTY_PROXY, APACHE4_DIRECTOR
  };

  private static final String[] ENDING_IN_C = {APACHE4, APACHE5, APACHE5_ASYNC};

  private static final String[] ENDING_IN_N = {OKHTTP_CONNECTION, OKHTTP_PLAN};
  private static final String[] ENDING_IN_Y = {NETTY_URING_MESSAGE};

  private NativeTransports() {}

  /** The constant that the class's internal name matches, or null. */
  public static String suffix(String internalName) {
    int length = internalName.length();
    if (length == 0) {
      return null;
    }
    return switch (internalName.charAt(length - 1)) {
      case 't' -> among(ENDING_IN_T, internalName);
      case 'l' -> among(ENDING_IN_L, internalName);
      case 'e' -> among(ENDING_IN_E, internalName);
      case 'c' -> among(ENDING_IN_C, internalName);
      case 'n' -> among(ENDING_IN_N, internalName);
      case 'y' -> among(ENDING_IN_Y, internalName);
      case 'r' ->
          internalName.startsWith(INCUBATOR_LINKER) && internalName.endsWith("Linker")
              ? INCUBATOR_LINKER
              : among(ENDING_IN_R, internalName);
      default -> null;
    };
  }

  /** Whether a class of this kind only looks up names: its connections are judged elsewhere. */
  public static boolean isResolver(String suffix) {
    return NETTY_RESOLVER.equals(suffix) || NETTY_DECODER.equals(suffix);
  }

  /** Whether a class of this kind speaks to proxies: its connections are judged elsewhere. */
  public static boolean isProxyClient(String suffix) {
    return suffix != null
        && (suffix.equals(NETTY_PROXY)
            || suffix.equals(APACHE4_DIRECTOR)
            || suffix.equals(JETTY)
            || suffix.equals(AWS_NETTY)
            || isOf(ENDING_IN_C, suffix)
            || isOf(ENDING_IN_N, suffix));
  }

  private static boolean isOf(String[] suffixes, String suffix) {
    for (String each : suffixes) {
      if (each.equals(suffix)) {
        return true;
      }
    }
    return false;
  }

  private static String among(String[] suffixes, String internalName) {
    for (String suffix : suffixes) {
      if (internalName.endsWith(suffix) && startsWord(internalName, suffix)) {
        return suffix;
      }
    }
    return null;
  }

  private static boolean startsWord(String internalName, String suffix) {
    int before = internalName.length() - suffix.length() - 1;
    return before < 0 || internalName.charAt(before) == '/';
  }
}
