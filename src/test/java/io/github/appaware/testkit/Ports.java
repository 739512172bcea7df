package io.github.appaware.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of this machine for tests that must know one before it is in use.
 *
 * <p>The kernel gives a port that a test had for a moment to the next socket that asks for any, of
 * a test that runs at the same time. These are below those that it gives away, and each process of
 * tests has its own.
 */
public final class Ports {
  /** Up to the 32,768 where Linux begins: 40 processes of 500. */
  private static final int FIRST = 12_000;

  private static final int OF_PROCESS = 500;
  private static final int BASE = FIRST + (int) (ProcessHandle.current().pid() % 40) * OF_PROCESS;

  private static final AtomicInteger NEXT = new AtomicInteger();

  private Ports() {}

  /** A port on which nothing listens, and which no other test gets. */
  public static int free() throws IOException {
    for (int i = 0; i < OF_PROCESS; i++) {
      int port = BASE + NEXT.getAndIncrement() % OF_PROCESS;
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // In use by another program: the next one.
      }
    }
    throw new IOException("no free port from " + BASE);
  }

  /**
   * A port of 127.0.0.1 that refuses each connection until this is closed: it is bound, and nothing
   * listens.
   */
  public static final class Closed implements AutoCloseable {
    private final Socket socket = new Socket();

    /** Takes one. */
    public Closed() throws IOException {
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    /** Its number. */
    public int number() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
