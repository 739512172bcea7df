package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.ProxyServer;
import io.github.appaware.testkit.SelfSigned;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What classes that bear the names of proxy clients say reaches no address and no target more. */
@ExtendWith(ToolExtension.class)
class ProxyAttacksIT {
  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = 'deny'
      [[rule]]
      action = 'allow'
      address = '127.0.0.1'
      port = %1$d
      [[rule]]
      action = 'allow'
      host = ['allowed.example', '*.allowed.example']
      """;

  private static final String NETTY =
      """
      package fake.netty.handler.proxy;

      import java.net.SocketAddress;

      class ChannelHandlerContext {}

      class ChannelPromise {}

      public class ProxyHandler {
        private final String protocol;
        private final SocketAddress proxy;

        private ProxyHandler(String protocol, SocketAddress proxy) {
          this.protocol = protocol;
          this.proxy = proxy;
        }

        public String protocol() { return protocol; }

        public SocketAddress proxyAddress() { return proxy; }

        public void connect(
            ChannelHandlerContext context, SocketAddress to, SocketAddress from, ChannelPromise p)
            throws Exception {}

        public static void claim(String protocol, SocketAddress to, SocketAddress proxy)
            throws Exception {
          new ProxyHandler(protocol, proxy).connect(null, to, null, null);
        }
      }
      """;

  private static final String JETTY =
      """
      package fake.jetty.client;

      import java.io.IOException;
      import java.net.*;

      class Address {
        final String host;
        final int port;

        Address(String host, int port) {
          this.host = host;
          this.port = port;
        }

        public String getHost() {
          if (host == null) {
            throw new IllegalStateException("no host");
          }
          return host;
        }

        public int getPort() { return port; }
      }

      class Origin {
        final Address address;

        Origin(Address address) { this.address = address; }

        public Address getAddress() { return address; }
      }

      class Destination {
        final Origin origin;
        final Origin proxy;

        Destination(Origin origin, Origin proxy) {
          this.origin = origin;
          this.proxy = proxy;
        }

        public Origin getOrigin() { return origin; }

        public Origin getProxy() { return proxy; }
      }

      interface Promise {
        void failed(Throwable failure);
      }

      class Connector {
        static String reach(InetSocketAddress to) throws IOException {
          try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(to);
            return "reached";
          }
        }
      }

      public class HttpClient {
        public void newConnection(Destination destination, Promise promise) {}

        public static String claim(String host, int port, String proxy, int proxyPort) {
          Throwable[] failure = new Throwable[1];
          Origin target = new Origin(new Address(host, port));
          Origin through = new Origin(new Address(proxy, proxyPort));
          new HttpClient().newConnection(new Destination(target, through), f -> failure[0] = f);
          return failure[0] == null ? "claimed" : failure[0].toString();
        }

        public static String reach(InetSocketAddress to) throws IOException {
          return Connector.reach(to);
        }
      }
      """;

  private static final String LIAR =
      """
      import fake.jetty.client.HttpClient;
      import fake.netty.handler.proxy.ProxyHandler;
      import java.net.*;
      import java.util.concurrent.Callable;

      public class Liar {
        static void say(String what, Callable<String> attempt) {
          String result;
          try {
            result = attempt.call();
          } catch (Exception e) {
            result = e.toString();
          }
          System.out.println(what + ": " + result);
        }

        static String reach(InetSocketAddress to) throws Exception {
          try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(to);
            return "reached";
          }
        }

        public static void main(String[] arguments) throws Exception {
          int port = Integer.parseInt(arguments[0]);
          int victim = Integer.parseInt(arguments[1]);
          byte[] bytes = {127, 0, 0, 6};
          InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", port);
          InetSocketAddress labelled =
              new InetSocketAddress(InetAddress.getByAddress("allowed.example", bytes), victim);
          InetSocketAddress literal =
              new InetSocketAddress(InetAddress.getByAddress(bytes), victim);
          say("a name for an address", () -> {
            ProxyHandler.claim("http", labelled, proxy);
            return reach(labelled);
          });
          say("a label for an address", () -> {
            ProxyHandler.claim("socks5", labelled, proxy);
            return reach(labelled);
          });
          say("an address as the proxy", () -> {
            ProxyHandler.claim("http", InetSocketAddress.createUnresolved("allowed.example", 80), literal);
            return reach(literal);
          });
          say("an address as the proxy of another", () ->
              HttpClient.claim("allowed.example", 80, "127.0.0.6", victim) + ", "
                  + HttpClient.reach(literal));
          say("a name as the proxy", () ->
              HttpClient.claim("allowed.example", 80, "allowed.example", victim) + ", "
                  + HttpClient.reach(labelled));
          say("a name that is none", () ->
              HttpClient.claim("denied.example:80/.allowed.example", 80, "127.0.0.1", port));
          say("no name", () -> HttpClient.claim(null, 80, "127.0.0.1", port));
          say("a port that is none", () -> HttpClient.claim("allowed.example", -1, "127.0.0.1", port));
          say("without a claim", () -> HttpClient.reach(proxy));
          say("with a claim", () ->
              HttpClient.claim("allowed.example", 80, "127.0.0.1", port) + ", "
                  + HttpClient.reach(proxy));
          say("once more", () -> HttpClient.reach(proxy));
          say("with another's claim", () ->
              HttpClient.claim("allowed.example", 80, "127.0.0.1", port) + ", " + reach(proxy));
        }
      }
      """;

  @TempDir Path directory;
  private Tool tool;

  @TestOnEachJdk
  void aClassOfALibrarysNameWidensNoRule(Jdk jdk) throws Exception {
    Path folder = directory.resolve("fakes");
    Programs.compiled(jdk, folder, "ProxyHandler", NETTY);
    Programs.compiled(jdk, folder, "HttpClient", JETTY);
    Programs.compiled(jdk, folder, "Liar", LIAR);
    InetAddress address = InetAddress.getByName("127.0.0.6");
    try (ProxyServer proxy = new ProxyServer(false, SelfSigned.context());
        ServerSocket victim = new ServerSocket(0, 50, address)) {
      Files.writeString(directory.resolve("p.toml"), POLICY.formatted(proxy.port()));
      String reached = "127.0.0.6:" + victim.getLocalPort();

      Result result =
          tool.run(
              "run",
              "-q",
              "-p",
              "p.toml",
              "--",
              jdk.java(),
              "-cp",
              folder.toString(),
              "Liar",
              "" + proxy.port(),
              "" + victim.getLocalPort());

      String denied = "java.net.ConnectException: appaware: connect tcp to " + reached + " denied";
      String unknown =
          "java.net.ConnectException: appaware: connect tcp to an unknown target through proxy"
              + " 127.0.0.1:"
              + proxy.port()
              + " denied by default";
      List<String> out = result.out().lines().toList();
      assertThat(out)
          .as(result.err())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("a name for an address: " + denied),
              line ->
                  assertThat(line)
                      .startsWith("a label for an address: java.net.ConnectException: appaware")
                      .contains("to " + reached + " through proxy 127.0.0.1:"),
              line -> assertThat(line).startsWith("an address as the proxy: " + denied),
              line -> assertThat(line).startsWith("an address as the proxy of another: " + denied),
              line -> assertThat(line).startsWith("a name as the proxy: " + denied),
              line ->
                  assertThat(line)
                      .startsWith("a name that is none: ")
                      .contains(" denied because it is not a host name"),
              line -> assertThat(line).startsWith("no name: java.io.IOException: appaware: denied"),
              line -> assertThat(line).startsWith("a port that is none: ").contains("denied"),
              line -> assertThat(line).startsWith("without a claim: " + unknown),
              line -> assertThat(line).isEqualTo("with a claim: claimed, reached"),
              line -> assertThat(line).startsWith("once more: " + unknown),
              line -> assertThat(line).startsWith("with another's claim: " + unknown));
      assertThat(proxy.asked()).isEmpty();
      victim.setSoTimeout(1);
      assertThatThrownBy(victim::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }
}
