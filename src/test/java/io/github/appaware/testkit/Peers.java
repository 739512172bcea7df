package io.github.appaware.testkit;

import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The peers of {@link io.github.appaware.target.EntryPoints}, which count connections and
 * datagrams.
 */
public final class Peers implements Closeable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final ServerSocket tcp = new ServerSocket(0, 100, LOOPBACK);
  private final DatagramChannel udp = DatagramChannel.open();
  private final HttpServer web = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 100);
  private final ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  private final AtomicInteger connections = new AtomicInteger();
  private final Path directory;
  private final List<Integer> own = new ArrayList<>();

  public Peers(Path directory) throws IOException {
    this.directory = directory;
    udp.bind(new InetSocketAddress(LOOPBACK, 0)).configureBlocking(false);
    unix.bind(UnixDomainSocketAddress.of(directory.resolve("peer")), 100);
    web.createContext(
        "/",
        exchange -> {
          connections.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    web.start();
    Thread thread = new Thread(this::hangUp, "hang-up");
    thread.setDaemon(true);
    thread.start();
    for (int i = 0; i < 4; i++) {
      own.add(Ports.free());
    }
  }

  private void hangUp() {
    try {
      while (true) {
        tcp.accept().close();
        connections.incrementAndGet();
      }
    } catch (IOException e) {
      // Closed: the end of the test.
    }
  }

  /** The arguments of the program. */
  public List<String> arguments() throws IOException {
    String free = own.stream().map(String::valueOf).collect(Collectors.joining(","));
    return List.of(port("tcp"), port("udp"), port("web"), free, directory.toString());
  }

  /** What the placeholders of the table stand for. */
  public Map<String, String> names() throws IOException {
    return Map.of(
        "tcp", port("tcp"),
        "udp", port("udp"),
        "web", port("web"),
        "own", own.get(0).toString(),
        "own1", own.get(1).toString(),
        "own2", own.get(2).toString(),
        "own3", own.get(3).toString(),
        "dir", directory.toString());
  }

  private String port(String name) throws IOException {
    return String.valueOf(
        switch (name) {
          case "tcp" -> tcp.getLocalPort();
          case "udp" -> ((InetSocketAddress) udp.getLocalAddress()).getPort();
          default -> web.getAddress().getPort();
        });
  }

  /** Connections over TCP since the last time. */
  public int connections() {
    return connections.getAndSet(0);
  }

  /** Datagrams since the last time. */
  public int datagrams() throws IOException {
    int count = 0;
    while (udp.receive(ByteBuffer.allocate(1000)) != null) {
      count++;
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    tcp.close();
    udp.close();
    unix.close();
    web.stop(0);
  }
}
