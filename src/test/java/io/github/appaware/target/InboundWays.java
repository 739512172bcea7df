package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Accepts one peer in the way that each line of its input names; prints its port, then the peer.
 */
public final class InboundWays {
  private static final int TIMEOUT = 400;
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private InboundWays() {}

  /** No arguments. */
  public static void main(String[] arguments) throws Exception {
    InboundWays server = new InboundWays();
    for (String way = server.in.readLine(); way != null; way = server.in.readLine()) {
      String virtual = way.startsWith("virtual ") ? way.substring("virtual ".length()) : null;
      String whom = virtual == null ? server.letIn(way) : virtually(() -> server.letIn(virtual));
      System.out.println(whom);
    }
  }

  /** {@code Thread.startVirtualThread}, of JDK 21. */
  private static String virtually(Callable<String> task) throws Exception {
    FutureTask<String> future = new FutureTask<>(task);
    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, future);
    return future.get();
  }

  private String letIn(String way) throws Exception {
    return switch (way) {
      case "socket" -> socket(0);
      case "socket with a time-out" -> socket(60_000);
      case "socket in time" -> socket(TIMEOUT);
      case "channel" -> channel();
      case "selector" -> selector();
      case "asynchronous" -> asynchronous();
      case "datagrams" -> datagrams(0);
      case "datagrams with a time-out" -> datagrams(60_000);
      case "datagrams in time" -> datagrams(TIMEOUT);
      case "datagram channel" -> datagramChannel();
      case "datagram selector" -> datagramSelector();
      case "datagrams connected" -> connected();
      default -> throw new IllegalArgumentException(way);
    };
  }

  private static void open(SocketAddress local) {
    System.out.println(((InetSocketAddress) local).getPort());
  }

  private static String address(SocketAddress peer) {
    return ((InetSocketAddress) peer).getAddress().getHostAddress();
  }

  /** Too late is twice the time. */
  private static String late(long since) {
    return System.nanoTime() - since < 2 * TIMEOUT * 1_000_000L ? "timed out" : "too late";
  }

  private static String socket(int timeout) throws IOException {
    try (ServerSocket server = new ServerSocket()) {
      server.bind(LOCAL);
      server.setSoTimeout(timeout);
      long since = System.nanoTime();
      open(server.getLocalSocketAddress());
      try (var peer = server.accept()) {
        return address(peer.getRemoteSocketAddress());
      } catch (SocketTimeoutException e) {
        return late(since) + ", time-out " + server.getSoTimeout();
      }
    }
  }

  private static String channel() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(LOCAL)) {
      open(server.getLocalAddress());
      try (var peer = server.accept()) {
        return address(peer.getRemoteAddress());
      }
    }
  }

  private static String selector() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(LOCAL);
        Selector selector = Selector.open()) {
      server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
      open(server.getLocalAddress());
      while (true) {
        selector.select();
        selector.selectedKeys().clear();
        try (var peer = server.accept()) {
          if (peer != null) {
            return address(peer.getRemoteAddress());
          }
        }
      }
    }
  }

  private static String asynchronous() throws Exception {
    try (AsynchronousServerSocketChannel server =
        AsynchronousServerSocketChannel.open().bind(LOCAL)) {
      var pending = server.accept();
      open(server.getLocalAddress());
      try (var peer = pending.get()) {
        return address(peer.getRemoteAddress());
      }
    }
  }

  private static String datagrams(int timeout) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(LOCAL)) {
      socket.setSoTimeout(timeout);
      long since = System.nanoTime();
      open(socket.getLocalSocketAddress());
      return received(socket, since);
    }
  }

  private static String received(DatagramSocket socket, long since) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[9], 9);
    try {
      socket.receive(packet);
      return address(packet.getSocketAddress());
    } catch (SocketTimeoutException e) {
      return late(since) + ", time-out " + socket.getSoTimeout();
    }
  }

  private static String datagramChannel() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open().bind(LOCAL)) {
      open(channel.getLocalAddress());
      return address(channel.receive(ByteBuffer.allocateDirect(9)));
    }
  }

  private static String datagramSelector() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open().bind(LOCAL);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
      open(channel.getLocalAddress());
      SocketAddress peer = null;
      while (peer == null) {
        selector.select();
        selector.selectedKeys().clear();
        peer = channel.receive(ByteBuffer.allocate(9));
      }
      return address(peer);
    }
  }

  /** Connects to the port that the next line names while datagrams of other peers are waiting. */
  private String connected() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(LOCAL)) {
      open(socket.getLocalSocketAddress());
      socket.connect(new InetSocketAddress("127.0.0.3", Integer.parseInt(in.readLine())));
      System.out.println("connected");
      String first = received(socket, 0);
      socket.disconnect();
      return first + ", bound again " + (socket.getLocalPort() > 0);
    }
  }
}
