package io.github.appaware.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A peer on the loopback address that knows what reached it, asked when the program is over. */
public final class Listener implements Closeable {
  private final ServerSocketChannel tcp;
  private final DatagramChannel udp;

  public Listener() throws IOException {
    this("127.0.0.1");
  }

  public Listener(String address) throws IOException {
    this(address, 0);
  }

  /** With this port for TCP. */
  public Listener(String address, int port) throws IOException {
    tcp = ServerSocketChannel.open();
    tcp.bind(new InetSocketAddress(InetAddress.getByName(address), port), 100);
    tcp.configureBlocking(false);
    udp = DatagramChannel.open();
    udp.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    udp.configureBlocking(false);
  }

  public int port() {
    return tcp.socket().getLocalPort();
  }

  public int datagramPort() throws IOException {
    return ((InetSocketAddress) udp.getLocalAddress()).getPort();
  }

  /** Connections that the kernel completed: on the loopback they are there when connect returns. */
  public int connections() throws IOException {
    int count = 0;
    for (SocketChannel peer = tcp.accept(); peer != null; peer = tcp.accept()) {
      count++;
      peer.close();
    }
    return count;
  }

  public int datagrams() throws IOException {
    int count = 0;
    ByteBuffer any = ByteBuffer.allocate(100);
    while (udp.receive(any.clear()) != null) {
      count++;
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    tcp.close();
    udp.close();
  }
}
