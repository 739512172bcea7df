package compat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.ArrayList;
import java.util.List;

/** What the clients share that go to names: what became of each, in a line. */
final class Reach {
  /** A client that wants an answer. */
  interface Client {
    void go(String host, int port) throws Exception;
  }

  /** The port of a proxy on the loopback address that is to be used, or null. */
  static final Integer PROXY = Integer.getInteger("compat.proxy.port");

  /** Whether it is one for SOCKS 5; else it is one for CONNECT. */
  static final boolean SOCKS = "socks".equals(System.getProperty("compat.proxy"));

  private Reach() {}

  /** The proxy's address. */
  static InetSocketAddress proxy() {
    return new InetSocketAddress("127.0.0.1", PROXY);
  }

  /** The proxy, for what uses sockets of the JDK. */
  static Proxy socketProxy() {
    return PROXY == null
        ? Proxy.NO_PROXY
        : new Proxy(SOCKS ? Proxy.Type.SOCKS : Proxy.Type.HTTP, proxy());
  }

  /**
   * What a client of HTTP asks for; behind a proxy for CONNECT, with TLS: else it sends no CONNECT.
   */
  static String url(String host, int port) {
    return (PROXY != null && !SOCKS ? "https://" : "http://") + host + ":" + port + "/";
  }

  /** The port, then names. */
  static void main(String[] args, Client client) {
    Run.main(
        new String[] {args[0]},
        null,
        port -> {
          for (int i = 1; i < args.length; i++) {
            Run.say(args[i] + ": " + outcome(args[i], port, client));
          }
        });
  }

  private static String outcome(String host, int port, Client client) {
    try {
      client.go(host, port);
      return "reached";
    } catch (Exception e) {
      List<String> causes = new ArrayList<>();
      for (Throwable each = e; each != null && causes.size() < 10; each = each.getCause()) {
        causes.add(each.toString());
        for (Throwable other : each.getSuppressed()) {
          causes.add(other.toString());
        }
      }
      return String.join(" <- ", causes).replace('\n', ' ');
    }
  }

  /** An answer that is none fails as well. */
  static void expect(boolean good, Object what) {
    if (!good) {
      throw new IllegalStateException("answer " + what);
    }
  }
}
