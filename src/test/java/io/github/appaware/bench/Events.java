package io.github.appaware.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One event after the other on loopback. Where one event needs another, they are measured together,
 * and the difference is what the second one costs.
 */
@State(Scope.Thread)
public class Events {
  /** The system property with the port of a listener in another process. */
  static final String LISTENER = "bench.listener";

  /** A name of the hosts file that the JVM is given. */
  static final String HOST = "cached.bench.example";

  private final ByteBuffer packet = ByteBuffer.allocateDirect(64);
  private InetSocketAddress listener;
  private ServerSocketChannel server;
  private DatagramChannel sender;
  private DatagramChannel receiver;
  private DatagramChannel connected;
  private InetSocketAddress receiving;

  @Setup
  public void open() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    listener = new InetSocketAddress(loopback, Integer.getInteger(LISTENER));
    server = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0), 1024);
    receiver = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
    receiving = (InetSocketAddress) receiver.getLocalAddress();
    sender = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
    connected = DatagramChannel.open().connect(receiving);
  }

  @TearDown
  public void close() throws IOException {
    server.close();
    receiver.close();
    sender.close();
    connected.close();
  }

  /** To a listener elsewhere, which accepts and closes. */
  @Benchmark
  public void connect() throws IOException {
    open(listener).close();
  }

  /** To a listener of this thread, whose backlog takes the connection. */
  @Benchmark
  public void connectAndAccept() throws IOException {
    try (SocketChannel client = open((InetSocketAddress) server.getLocalAddress());
        SocketChannel peer = server.accept()) {
      assert peer != null && client.isConnected();
    }
  }

  /** Closed by a reset, so that no port is kept waiting. */
  private static SocketChannel open(InetSocketAddress to) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.connect(to);
    return channel;
  }

  /** With an address, to a socket that nobody reads. */
  @Benchmark
  public int send() throws IOException {
    return sender.send(packet.clear(), receiving);
  }

  /** With an address, and received from whoever sent it. */
  @Benchmark
  public Object sendAndReceive() throws IOException {
    sender.send(packet.clear(), receiving);
    return receiver.receive(packet.clear());
  }

  /** Through a connected socket, where the agent has no part. */
  @Benchmark
  public int sendConnected() throws IOException {
    return connected.write(packet.clear());
  }

  /** A name in the JDK's cache. */
  @Benchmark
  public InetAddress resolve() throws IOException {
    return InetAddress.getByName(HOST);
  }
}
