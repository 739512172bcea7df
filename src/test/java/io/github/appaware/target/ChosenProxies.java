package io.github.appaware.target;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Reaches for two hosts through the proxy that a selector of the program's chooses ({@code
 * selector}), or the JDK's own selector ({@code default}); or speaks to the proxy itself ({@code
 * hand}). The second argument is the proxy's port.
 */
public final class ChosenProxies {
  private interface Way {
    int status() throws Exception;
  }

  private ChosenProxies() {}

  public static void main(String[] arguments) {
    InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1]));
    if (arguments[0].equals("hand")) {
      say("hand", "denied.example", () -> byHand(proxy));
      return;
    }
    if (arguments[0].equals("selector")) {
      ProxySelector.setDefault(new Chooser(proxy));
    }
    HttpClient client = HttpClient.newHttpClient();
    for (String host : List.of("allowed.example", "denied.example")) {
      say("url", host, () -> url(host));
      say("client", host, () -> client(client, host));
      if (arguments[0].equals("selector")) {
        say("socket", host, () -> socket(host));
      }
    }
  }

  /** A SOCKS proxy for sockets, an HTTP proxy for all else. */
  private static final class Chooser extends ProxySelector {
    private final InetSocketAddress proxy;

    Chooser(InetSocketAddress proxy) {
      this.proxy = proxy;
    }

    @Override
    public List<Proxy> select(URI uri) {
      boolean socket = uri.getScheme().equals("socket");
      if (socket && uri.getPort() == proxy.getPort()) {
        return List.of(Proxy.NO_PROXY); // the way to the proxy itself
      }
      return List.of(new Proxy(socket ? Proxy.Type.SOCKS : Proxy.Type.HTTP, proxy));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }

  private static void say(String way, String host, Way reach) {
    String result;
    try {
      result = "" + reach.status();
    } catch (Exception e) {
      result = e.toString();
    }
    System.out.println(way + ", " + host + ": " + result);
  }

  private static int url(String host) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://" + host + "/").toURL().openConnection();
    connection.setReadTimeout(60_000);
    try (InputStream in = connection.getInputStream()) {
      byte[] unused = in.readAllBytes();
    }
    return connection.getResponseCode();
  }

  private static int client(HttpClient client, String host) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + "/"))
            .timeout(Duration.ofSeconds(60))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static int socket(String host) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(60_000);
      socket.connect(InetSocketAddress.createUnresolved(host, 80));
      return ask(socket, "GET / HTTP/1.1\r\n\r\n");
    }
  }

  private static int byHand(InetSocketAddress proxy) throws IOException {
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      socket.setSoTimeout(60_000);
      socket.connect(proxy);
      return ask(socket, "CONNECT denied.example:80 HTTP/1.1\r\n\r\n");
    }
  }

  private static int ask(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    byte[] line = socket.getInputStream().readNBytes(12);
    return Integer.parseInt(new String(line, 9, 3, StandardCharsets.ISO_8859_1));
  }
}
