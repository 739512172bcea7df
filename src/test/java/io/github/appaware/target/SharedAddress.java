package io.github.appaware.target;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;

/** Connects to names that share one address, in every way in which a name can get lost. */
public final class SharedAddress {
  private interface Way {
    void connect(SocketAddress to) throws Exception;
  }

  private SharedAddress() {}

  /** The port, then what to connect to. */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    InetAddress a = InetAddress.getByName("a.example");
    InetAddress b = InetAddress.getByName("b.example");
    each("a", a, port);
    each("b", b, port);
    each("literal", InetAddress.getByName(a.getHostAddress()), port);
    each("copy", InetAddress.getByAddress(a.getAddress()), port);
    each("label", InetAddress.getByAddress("a.example", a.getAddress()), port);
    each("label of the object", InetAddress.getByAddress(a.getHostName(), b.getAddress()), port);
    say("name a", () -> new Socket("a.example", port).close());
    say("name b", () -> new Socket("b.example", port).close());
    say("url a", () -> URI.create("http://a.example:" + port).toURL().openConnection().connect());
    say("url b", () -> URI.create("http://b.example:" + port).toURL().openConnection().connect());
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void each(String what, InetAddress to, int port) {
    say(what + ", socket", () -> connect(SharedAddress::socket, to, port));
    say(what + ", channel", () -> connect(SharedAddress::channel, to, port));
    say(what + ", asynchronous", () -> connect(SharedAddress::asynchronous, to, port));
    say(what + ", datagram", () -> connect(SharedAddress::datagram, to, port));
  }

  private static void connect(Way way, InetAddress to, int port) throws Exception {
    way.connect(new InetSocketAddress(to, port));
  }

  private static void socket(SocketAddress to) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to);
    }
  }

  private static void channel(SocketAddress to) throws IOException {
    SocketChannel.open(to).close();
  }

  private static void asynchronous(SocketAddress to) throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      channel.connect(to).get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  private static void datagram(SocketAddress to) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(new byte[1], 1, to));
    }
  }

  private static void say(String what, Action action) {
    String outcome;
    try {
      action.run();
      outcome = "allowed";
    } catch (Exception e) {
      String message = String.valueOf(e.getMessage());
      outcome = message.startsWith("appaware: ") ? message.substring(10) : e.toString();
    }
    System.out.println(what + ": " + outcome);
  }
}
