package io.github.appaware.target;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Reaches for hosts through proxies by all clients of the JDK, and says how it went. */
public final class ProxiedClients {
  private static final String[] HOSTS = {"allowed.example", "denied.example", "allowed.example"};

  private interface Way {
    int status() throws Exception;
  }

  /** Accepts every certificate. */
  static final class Gullible extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private final InetSocketAddress proxy;
  private final String prefix;

  private ProxiedClients(InetSocketAddress proxy, String prefix) {
    this.proxy = proxy;
    this.prefix = prefix;
  }

  /** The port of a proxy, and that of one that wants a user's name and password. */
  public static void main(String[] arguments) throws Exception {
    Authenticator.setDefault(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("user", "secret".toCharArray());
          }
        });
    HttpsURLConnection.setDefaultSSLSocketFactory(trusting().getSocketFactory());
    HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true);
    new ProxiedClients(at(arguments[0]), "").all();
    new ProxiedClients(at(arguments[1]), "authenticated ").all();
    new ProxiedClients(at(arguments[0]), "").odd();
  }

  private static InetSocketAddress at(String port) {
    return new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
  }

  private static SSLContext trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Gullible()}, new SecureRandom());
    return context;
  }

  private void all() throws Exception {
    Proxy socks = new Proxy(Proxy.Type.SOCKS, proxy);
    Proxy http = new Proxy(Proxy.Type.HTTP, proxy);
    HttpClient client = client();
    for (String host : HOSTS) {
      say(
          "socket, socks5",
          host,
          () -> socket(socks, InetSocketAddress.createUnresolved(host, 80)));
      say(
          "socket, connect",
          host,
          () -> socket(http, InetSocketAddress.createUnresolved(host, 80)));
      say("url, absolute", host, () -> url("http://" + host + "/", http));
      say("url, connect", host, () -> url("https://" + host + "/", http));
      say("url, socks5", host, () -> url("http://" + host + "/", socks));
      say("client, absolute", host, () -> client(client, "http://" + host + "/"));
      say("client, connect", host, () -> client(client, "https://" + host + "/"));
    }
  }

  /** What not every client does, or none that means well. */
  private void odd() throws Exception {
    Proxy socks = new Proxy(Proxy.Type.SOCKS, proxy);
    Proxy http = new Proxy(Proxy.Type.HTTP, proxy);
    byte[] documentation = {(byte) 192, 0, 2, 1};
    InetAddress labelled = InetAddress.getByAddress("allowed.example", documentation);
    say(
        "socks5, label",
        "allowed.example",
        () -> socket(socks, new InetSocketAddress(labelled, 80)));
    InetAddress literal = InetAddress.getByName("192.0.2.7");
    say("socks5, literal", "192.0.2.7", () -> socket(socks, new InetSocketAddress(literal, 80)));
    say("url, literal", "192.0.2.7", () -> url("http://192.0.2.7/", http));
    System.setProperty("socksProxyHost", "127.0.0.1");
    System.setProperty("socksProxyPort", "" + proxy.getPort());
    System.setProperty("socksProxyVersion", "4");
    say("socks4", "192.0.2.7", () -> socket(null, new InetSocketAddress(literal, 80)));
    say("socks4", "192.0.2.1", () -> socket(null, new InetSocketAddress(labelled, 80)));
    System.clearProperty("socksProxyHost");
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", "" + proxy.getPort());
    String user = "http://joe:hush@allowed.example/private?x";
    say("url, user", "allowed.example", () -> url(user, null));
    String there = "http://allowed.example/redirect-to-";
    say("url, redirect", "allowed.example", () -> url(there + "allowed.example", null));
    say("url, redirect", "denied.example", () -> url(there + "denied.example", null));
    say("url, redirect unused", "allowed.example", () -> url("http://allowed.example/", null));
    System.clearProperty("http.proxyHost");
    String lie = "denied.example:80/.allowed.example";
    say("connect, lie", lie, () -> socket(http, InetSocketAddress.createUnresolved(lie, 80)));
    say("socks5, lie", lie, () -> socket(socks, InetSocketAddress.createUnresolved(lie, 80)));
    for (String number : new String[] {"0x7f.1", "2130706433", "127.1"}) {
      say("socks5", number, () -> socket(socks, InetSocketAddress.createUnresolved(number, 80)));
    }
    say("by hand", "allowed.example", this::byHand);
  }

  private void say(String way, String host, Way reach) {
    String result;
    try {
      result = "" + reach.status();
    } catch (Exception e) {
      result = e.toString();
    }
    System.out.println(prefix + way + ", " + host + ": " + result);
  }

  private static int socket(Proxy through, SocketAddress to) throws IOException {
    try (Socket socket = through == null ? new Socket() : new Socket(through)) {
      socket.setSoTimeout(60_000);
      socket.connect(to);
      return ask(socket, "GET / HTTP/1.1\r\n\r\n");
    }
  }

  private static int ask(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    byte[] line = socket.getInputStream().readNBytes(12);
    return Integer.parseInt(new String(line, 9, 3, StandardCharsets.ISO_8859_1));
  }

  private static int url(String address, Proxy through) throws IOException {
    URL url = URI.create(address).toURL();
    HttpURLConnection connection =
        (HttpURLConnection) (through == null ? url.openConnection() : url.openConnection(through));
    connection.setReadTimeout(60_000);
    try (InputStream in = connection.getInputStream()) {
      in.readAllBytes();
    }
    return connection.getResponseCode();
  }

  private HttpClient client() throws Exception {
    return HttpClient.newBuilder()
        .proxy(ProxySelector.of(proxy))
        .authenticator(Authenticator.getDefault())
        .sslContext(trusting())
        .build();
  }

  private static int client(HttpClient client, String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60)).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** A program that speaks to the proxy itself, which no hook sees. */
  private int byHand() throws IOException {
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      socket.setSoTimeout(60_000);
      socket.connect(proxy);
      return ask(socket, "CONNECT allowed.example:80 HTTP/1.1\r\n\r\n");
    }
  }
}
