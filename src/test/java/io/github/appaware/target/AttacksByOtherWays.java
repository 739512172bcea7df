package io.github.appaware.target;

import static io.github.appaware.target.Attacks.attempt;
import static io.github.appaware.target.Attacks.say;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.rmi.registry.LocateRegistry;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.logging.SocketHandler;
import javax.naming.Context;
import javax.naming.directory.InitialDirContext;

/** Not the plain socket, but what ends in one. */
final class AttacksByOtherWays {
  private AttacksByOtherWays() {}

  static Map<String, Attacks.Attack> all() {
    return Map.ofEntries(
        Map.entry("old-datagrams", AttacksByOtherWays::oldDatagrams),
        Map.entry("connected-datagrams", AttacksByOtherWays::connectedDatagrams),
        Map.entry("socks-proxy", AttacksByOtherWays::socks),
        Map.entry("socks-property", AttacksByOtherWays::socksProperty),
        Map.entry("http-proxy", AttacksByOtherWays::httpProxy),
        Map.entry("http-client", AttacksByOtherWays::httpClient),
        Map.entry("url-handler", AttacksByOtherWays::urlHandler),
        Map.entry("registry", () -> LocateRegistry.getRegistry("127.0.0.1", Attacks.port).list()),
        Map.entry("directory", () -> naming("com.sun.jndi.ldap.LdapCtxFactory", "ldap", true)),
        Map.entry("name-service", () -> naming("com.sun.jndi.dns.DnsContextFactory", "dns", false)),
        Map.entry("log-handler", () -> new SocketHandler("127.0.0.1", Attacks.port)),
        Map.entry("web-server", AttacksByOtherWays::webServer),
        Map.entry("finish-what-was-denied", AttacksByOtherWays::finish),
        Map.entry("own-group-of-threads", AttacksByOtherWays::asynchronous));
  }

  /** JDK 17 has sockets of before JDK 14, chosen by a property that is read at run time. */
  private static void oldDatagrams() throws IOException {
    System.setProperty("jdk.net.usePlainDatagramSocketImpl", "true");
    DatagramPacket packet = new DatagramPacket(new byte[1], 1, Attacks.udp());
    try (DatagramSocket socket = new DatagramSocket()) {
      attempt(() -> socket.send(packet));
      attempt(() -> socket.connect(Attacks.udp()));
      attempt(() -> socket.send(packet));
    }
  }

  private static void connectedDatagrams() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      attempt(() -> channel.connect(Attacks.udp()));
      attempt(() -> channel.write(ByteBuffer.allocate(1)));
      attempt(() -> channel.send(ByteBuffer.allocate(1), Attacks.udp()));
    }
  }

  private static void socks() throws IOException {
    try (Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, Attacks.tcp()))) {
      socket.connect(InetSocketAddress.createUnresolved("forbidden.example", 443));
    } catch (IOException e) {
      say(e.getMessage());
    }
  }

  private static void socksProperty() throws IOException {
    System.setProperty("socksProxyHost", "127.0.0.1");
    System.setProperty("socksProxyPort", "" + Attacks.port);
    try (Socket socket = new Socket("192.0.2.1", 443)) {
      say("connected " + socket);
    } catch (IOException e) {
      say(e.getMessage());
    }
    System.clearProperty("socksProxyHost");
  }

  private static void httpProxy() {
    attempt(
        () -> {
          URL url = new URL("http://forbidden.example/");
          Proxy proxy = new Proxy(Proxy.Type.HTTP, Attacks.tcp());
          ((HttpURLConnection) url.openConnection(proxy)).getResponseCode();
        });
  }

  private static void httpClient() {
    attempt(
        () -> {
          URI uri = URI.create("http://127.0.0.1:" + Attacks.port);
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        });
  }

  private static void urlHandler() {
    URL.setURLStreamHandlerFactory(
        protocol ->
            new URLStreamHandler() {
              @Override
              protected URLConnection openConnection(URL url) throws IOException {
                new Socket(Attacks.LOOPBACK, Attacks.port).close();
                return null;
              }
            });
    attempt(() -> new URL("own://127.0.0.1/").openStream());
  }

  @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // it is an attack, and JNDI wants that table
  private static void naming(String factory, String scheme, boolean tcp) {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, factory);
    environment.put("com.sun.jndi.dns.timeout.initial", "50");
    environment.put("com.sun.jndi.dns.timeout.retries", "1");
    environment.put(
        Context.PROVIDER_URL,
        scheme + "://127.0.0.1:" + (tcp ? Attacks.port : Attacks.datagrams) + "/");
    attempt(() -> new InitialDirContext(environment).getAttributes("forbidden.example"));
  }

  private static void webServer() {
    attempt(
        () -> {
          HttpServer.create(new InetSocketAddress(Attacks.LOOPBACK, 0), 1);
          say("listening");
        });
    attempt(
        () -> {
          new ServerSocket(0).close();
          say("listening");
        });
  }

  /** A channel that was refused is no more connected than before. */
  private static void finish() throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      attempt(() -> channel.connect(Attacks.tcp()));
      attempt(channel::finishConnect);
      attempt(() -> channel.write(ByteBuffer.allocate(1)));
    }
  }

  private static void asynchronous() throws Exception {
    AsynchronousChannelGroup group =
        AsynchronousChannelGroup.withThreadPool(
            Executors.newCachedThreadPool(work -> new Thread(work, "appaware-reader")));
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group)) {
      attempt(() -> channel.connect(Attacks.tcp()).get());
    }
    group.shutdownNow();
  }
}
