package io.github.appaware.target;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks4ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.Socks5Proxy;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reaches for hosts through a proxy by libraries, and says how it went. */
public final class ProxiedLibraries {
  private static final String[] HOSTS = {"allowed.example", "denied.example", "allowed.example"};

  private interface Way {
    int status() throws Exception;
  }

  private final int port;
  private final SSLContext tls;

  private ProxiedLibraries(int port) throws Exception {
    this.port = port;
    this.tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new ProxiedClients.Gullible()}, new SecureRandom());
  }

  /** The port of a proxy. */
  public static void main(String[] arguments) throws Exception {
    ProxiedLibraries libraries = new ProxiedLibraries(Integer.parseInt(arguments[0]));
    libraries.apache4();
    libraries.apache5();
    libraries.apache5Async();
    libraries.okHttp();
    libraries.netty("nio", NioIoHandler.newFactory(), NioSocketChannel.class);
    if (Epoll.isAvailable()) {
      libraries.netty("epoll", EpollIoHandler.newFactory(), EpollSocketChannel.class);
    }
    libraries.jetty();
    System.exit(0);
  }

  private static void say(String way, String host, Way reach) {
    String result;
    try {
      result = "" + reach.status();
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getCause() != null
          && !String.valueOf(cause.getMessage()).contains("appaware:")) {
        cause = cause.getCause();
      }
      result = cause.toString();
    }
    System.out.println(way + ", " + host + ": " + result);
  }

  private void apache4() throws Exception {
    try (CloseableHttpClient client =
        HttpClients.custom()
            .setProxy(new HttpHost("127.0.0.1", port))
            .setSSLContext(tls)
            .setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE)
            .build()) {
      for (String host : HOSTS) {
        say("apache4, absolute", host, () -> apache4(client, "http://" + host + "/"));
        say("apache4, connect", host, () -> apache4(client, "https://" + host + "/"));
      }
      String redirect = "http://allowed.example/redirect-to-denied.example";
      say("apache4, redirect", "denied.example", () -> apache4(client, redirect));
    }
  }

  private static int apache4(CloseableHttpClient client, String url) throws Exception {
    try (CloseableHttpResponse response = client.execute(new HttpGet(url))) {
      EntityUtils.consume(response.getEntity());
      return response.getStatusLine().getStatusCode();
    }
  }

  private void apache5() throws Exception {
    var strategy =
        new org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy(
            tls, org.apache.hc.client5.http.ssl.NoopHostnameVerifier.INSTANCE);
    try (var client =
        org.apache.hc.client5.http.impl.classic.HttpClients.custom()
            .setProxy(new org.apache.hc.core5.http.HttpHost("127.0.0.1", port))
            .setConnectionManager(
                org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder
                    .create()
                    .setTlsSocketStrategy(strategy)
                    .build())
            .disableAutomaticRetries()
            .build()) {
      for (String host : HOSTS) {
        say("apache5, absolute", host, () -> apache5(client, "http://" + host + "/"));
        say("apache5, connect", host, () -> apache5(client, "https://" + host + "/"));
      }
    }
  }

  private static int apache5(
      org.apache.hc.client5.http.impl.classic.CloseableHttpClient client, String url)
      throws Exception {
    return client.execute(
        new org.apache.hc.client5.http.classic.methods.HttpGet(url),
        response -> {
          org.apache.hc.core5.http.io.entity.EntityUtils.consume(response.getEntity());
          return response.getCode();
        });
  }

  /** Another thread connects for this client. */
  private void apache5Async() throws Exception {
    try (CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setProxy(new org.apache.hc.core5.http.HttpHost("127.0.0.1", port))
            .disableAutomaticRetries()
            .build()) {
      client.start();
      for (String host : HOSTS) {
        say(
            "apache5 async, absolute",
            host,
            () ->
                client
                    .execute(SimpleRequestBuilder.get("http://" + host + "/").build(), null)
                    .get(60, TimeUnit.SECONDS)
                    .getCode());
        byHand("apache5 async", host);
      }
    }
  }

  /** The program itself, soon after a target was judged for which another thread connects. */
  private void byHand(String library, String host) {
    say(
        "by hand beside " + library,
        host,
        () -> {
          try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return 0;
          }
        });
  }

  private void okHttp() {
    for (Proxy.Type type : new Proxy.Type[] {Proxy.Type.HTTP, Proxy.Type.SOCKS}) {
      OkHttpClient client =
          new OkHttpClient.Builder()
              .proxy(new Proxy(type, new InetSocketAddress("127.0.0.1", port)))
              .sslSocketFactory(tls.getSocketFactory(), new ProxiedClients.Gullible())
              .hostnameVerifier((host, session) -> true)
              .build();
      boolean http = type == Proxy.Type.HTTP;
      for (String host : HOSTS) {
        String way = http ? "okhttp, absolute" : "okhttp, socks5";
        say(way, host, () -> okHttp(client, "http://" + host + "/"));
        if (http) {
          say("okhttp, connect", host, () -> okHttp(client, "https://" + host + "/"));
        }
      }
    }
  }

  private static int okHttp(OkHttpClient client, String url) throws Exception {
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.code();
    }
  }

  private void netty(
      String transport, IoHandlerFactory factory, Class<? extends SocketChannel> channel)
      throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, factory);
    InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", port);
    for (String host : HOSTS) {
      InetSocketAddress target = InetSocketAddress.createUnresolved(host, 443);
      say(
          transport + ", connect",
          host,
          () -> netty(group, channel, () -> new HttpProxyHandler(proxy), target));
      say(
          transport + ", socks5",
          host,
          () -> netty(group, channel, () -> new Socks5ProxyHandler(proxy), target));
    }
    for (String address : new String[] {"192.0.2.7", "192.0.2.1"}) {
      InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(address), 443);
      say(
          transport + ", socks4",
          address,
          () -> netty(group, channel, () -> new Socks4ProxyHandler(proxy), target));
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  private static int netty(
      EventLoopGroup group,
      Class<? extends SocketChannel> type,
      Supplier<ProxyHandler> handler,
      InetSocketAddress target)
      throws Exception {
    ProxyHandler proxy = handler.get();
    var connected =
        new Bootstrap()
            .group(group)
            .channel(type)
            .resolver(NoopAddressResolverGroup.INSTANCE)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(proxy);
                  }
                })
            .connect(target)
            .sync();
    proxy.connectFuture().sync();
    connected.channel().close().sync();
    return 200;
  }

  private void jetty() throws Exception {
    for (String way : new String[] {"http", "socks5"}) {
      boolean http = way.equals("http");
      HttpClient client = new HttpClient();
      client.setSslContextFactory(new SslContextFactory.Client(true));
      ProxyConfiguration.Proxy proxy =
          http ? new HttpProxy("127.0.0.1", port) : new Socks5Proxy("127.0.0.1", port);
      client.getProxyConfiguration().addProxy(proxy);
      client.start();
      for (String host : HOSTS) {
        String plain = http ? "jetty, absolute" : "jetty, socks5";
        say(plain, host, () -> client.GET("http://" + host + "/").getStatus());
        if (http) {
          say("jetty, connect", host, () -> client.GET("https://" + host + "/").getStatus());
        }
        byHand("jetty", host);
      }
      client.stop();
    }
  }
}
