package io.github.appaware.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer on all addresses that hangs up at once, so that no one waits for it, and counts. */
public final class Witness implements Closeable {
  private final ServerSocket server = new ServerSocket();
  private final AtomicInteger visits = new AtomicInteger();

  public Witness() throws IOException {
    server.bind(new InetSocketAddress((InetAddress) null, 0), 200);
    Thread thread = new Thread(this::accept, "witness");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket visitor = server.accept();
        visits.incrementAndGet();
        visitor.close();
      }
    } catch (IOException e) {
      // Closed: the end of the test.
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many have come since the last time; it comes itself, to be behind all of them. */
  public int visits() throws IOException {
    try (Socket last = new Socket(InetAddress.getLoopbackAddress(), port())) {
      int unused = last.getInputStream().read();
    }
    return visits.getAndSet(0) - 1;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
