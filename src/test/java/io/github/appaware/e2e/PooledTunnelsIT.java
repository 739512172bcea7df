package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.ProxyServer;
import io.github.appaware.testkit.SelfSigned;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tunnels that a pool hands out, as the AWS SDK's asynchronous client has them: a class of its
 * shape and name, and what it can't achieve by lies. {@code ClientsCompat} runs the real one.
 */
@ExtendWith(ToolExtension.class)
class PooledTunnelsIT {
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

  /** What connects there: the copy of Netty in the SDK's bundle. */
  private static final String LOOP =
      """
      package fake.thirdparty.io.netty.channel;

      import java.net.*;

      public class Loop {
        public static String reach(InetSocketAddress to) {
          try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(to);
            return "reached";
          } catch (Exception e) {
            return e.toString();
          }
        }
      }
      """;

  private static final String POOL =
      """
      package fake.http.nio.netty.internal;

      import java.net.URI;

      interface Future {}

      interface Promise extends Future {
        Promise setFailure(Throwable failure);
      }

      class Outcome implements Promise {
        Throwable failure;

        public Promise setFailure(Throwable failure) {
          this.failure = failure;
          return this;
        }
      }

      public class Http1TunnelConnectionPool {
        private final URI proxyAddress;
        private final URI remoteAddress;

        private Http1TunnelConnectionPool(String proxy, String remote) {
          this.proxyAddress = URI.create(proxy);
          this.remoteAddress = URI.create(remote);
        }

        public Future acquire(Promise promise) {
          for (int i = 0; i < 1; i++) {
            promise = new Outcome();
          }
          return promise;
        }

        public static String acquire(String proxy, String remote) {
          Outcome promise = new Outcome();
          Future returned = new Http1TunnelConnectionPool(proxy, remote).acquire(promise);
          return promise.failure == null
              ? "acquired"
              : promise.failure + (returned == promise ? "" : " of another promise");
        }
      }
      """;

  private static final String PROGRAM =
      """
      import static fake.http.nio.netty.internal.Http1TunnelConnectionPool.acquire;

      import fake.thirdparty.io.netty.channel.Loop;
      import java.net.InetSocketAddress;

      public class Tunnels {
        public static void main(String[] arguments) {
          int port = Integer.parseInt(arguments[0]);
          int victim = Integer.parseInt(arguments[1]);
          String proxy = "http://127.0.0.1:" + port;
          InetSocketAddress toProxy = new InetSocketAddress("127.0.0.1", port);
          InetSocketAddress toVictim = new InetSocketAddress("127.0.0.6", victim);
          System.out.println("denied: " + acquire(proxy, "https://denied.example:443"));
          System.out.println("allowed: " + acquire(proxy, "https://allowed.example:443"));
          System.out.println("its connect: " + Loop.reach(toProxy));
          System.out.println("one more: " + Loop.reach(toProxy));
          System.out.println("victim as proxy: "
              + acquire("http://127.0.0.6:" + victim, "https://allowed.example:443") + ", "
              + Loop.reach(toVictim));
          System.out.println("victim as target: "
              + acquire(proxy, "https://127.0.0.6:" + victim) + ", " + Loop.reach(toVictim));
          System.out.println("name with more: "
              + acquire(proxy, "https://denied_example@x.allowed.example:443") + ", "
              + acquire(proxy, "https://127.1:443"));
          System.out.println("no target: " + acquire(proxy, "urn:allowed.example"));
          System.out.println("no proxy: " + acquire("urn:proxy", "https://allowed.example:443"));
          System.out.println("no port: " + acquire(proxy, "https://allowed.example"));
        }
      }
      """;

  @TempDir Path directory;
  private Tool tool;

  @TestOnNewestJdk
  void eachTargetIsJudgedBeforeTheProxyIsAsked(Jdk jdk) throws Exception {
    Path folder = directory.resolve("fakes");
    Programs.compiled(jdk, folder, "Loop", LOOP);
    Programs.compiled(jdk, folder, "Http1TunnelConnectionPool", POOL);
    Programs.compiled(jdk, folder, "Tunnels", PROGRAM);
    InetAddress address = InetAddress.getByName("127.0.0.6");
    try (ProxyServer proxy = new ProxyServer(false, SelfSigned.context());
        ServerSocket victim = new ServerSocket(0, 50, address)) {
      Files.writeString(directory.resolve("p.toml"), POLICY.formatted(proxy.port()));

      Result result =
          tool.run(
              "run",
              "-q",
              "-p",
              "p.toml",
              "--log",
              "log",
              "--",
              jdk.java(),
              "-cp",
              folder.toString(),
              "Tunnels",
              "" + proxy.port(),
              "" + victim.getLocalPort());

      String connect = "java.net.ConnectException: appaware: connect tcp to ";
      String through = " through proxy 127.0.0.1:" + proxy.port() + " denied by default";
      String without =
          "java.io.IOException: appaware: denied, as this proxy or its target has no host and port";
      String reached = "127.0.0.6:" + victim.getLocalPort();
      assertThat(result.out().lines())
          .as(result.err())
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .startsWith("denied: " + connect + "denied.example:443" + through),
              line -> assertThat(line).isEqualTo("allowed: acquired"),
              line -> assertThat(line).isEqualTo("its connect: reached"),
              line ->
                  assertThat(line)
                      .startsWith("one more: " + connect + "an unknown target" + through),
              line ->
                  assertThat(line).startsWith("victim as proxy: acquired, " + connect + reached),
              line ->
                  assertThat(line)
                      .startsWith("victim as target: " + connect + reached + through)
                      .contains(", " + connect + reached + " denied"),
              line -> assertThat(line).isEqualTo("name with more: acquired, " + without),
              line -> assertThat(line).isEqualTo("no target: " + without),
              line -> assertThat(line).isEqualTo("no proxy: " + without),
              line -> assertThat(line).isEqualTo("no port: " + without));
      assertThat(Files.readAllLines(directory.resolve("log")))
          .filteredOn(line -> line.contains("\"through\":"))
          .extracting(line -> Json.text(line, "host") + " " + Json.text(line, "verdict"))
          .contains("denied.example deny", "allowed.example allow", "x.allowed.example allow");
      assertThat(proxy.asked()).isEmpty();
      victim.setSoTimeout(1);
      assertThatThrownBy(victim::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }
}
