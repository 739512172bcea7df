package io.github.appaware.target;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** Uses the network in each basic way, and prints the outcomes. */
public final class Ways {
  private Ways() {}

  /** Arguments: port of a web server, port to connect to, port to listen on, a host name. */
  public static void main(String[] arguments) throws Exception {
    int web = Integer.parseInt(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    int own = Integer.parseInt(arguments[2]);
    String host = arguments[3];
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    InetSocketAddress far = new InetSocketAddress(loopback, port);

    show("http client", () -> http(web));
    show(
        "url connection",
        () -> {
          try (var in = URI.create("http://127.0.0.1:" + web + "/").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
          }
        });
    show(
        "socket",
        () -> {
          try (Socket socket = new Socket(loopback, port)) {
            return socket.isConnected();
          }
        });
    show(
        "socket channel",
        () -> {
          try (SocketChannel channel = SocketChannel.open(far)) {
            return channel.isConnected();
          }
        });
    show(
        "asynchronous socket channel",
        () -> {
          try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
            channel.connect(far).get();
            return channel.getRemoteAddress() != null;
          }
        });
    show(
        "server socket",
        () -> {
          try (ServerSocket socket = new ServerSocket(own, 5, loopback)) {
            return socket.isBound();
          }
        });
    show(
        "server socket channel",
        () -> {
          try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(new InetSocketAddress(loopback, own));
            return channel.getLocalAddress() != null;
          }
        });
    show(
        "host name",
        () -> {
          try (Socket socket = new Socket(host, port)) {
            return socket.getInetAddress().getHostName();
          }
        });
  }

  private static String http(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body().strip();
  }

  private static void show(String way, Callable<?> attempt) {
    try {
      System.out.println(way + ": " + attempt.call());
    } catch (Exception e) {
      Throwable innermost = e;
      while (innermost.getCause() != null) {
        innermost = innermost.getCause();
      }
      System.out.println(way + ": " + innermost);
    }
  }
}
