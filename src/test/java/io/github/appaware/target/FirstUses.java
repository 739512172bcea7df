package io.github.appaware.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Attacks on what happens before the first event of a kind: the agent's self-test runs on the
 * program's thread. Arguments: the attack, a port where a server listens.
 */
public final class FirstUses {
  private static final int THREADS = 40;

  /** Where all may connect; the test's listener accepts nothing, and its queue has 100 places. */
  private static final int MOST = 50;

  private static final AtomicInteger CONNECTED = new AtomicInteger();

  private FirstUses() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "race" -> race(port);
      case "depth" -> {
        initialize();
        int unused = depth(port, 0);
      }
      case "interrupt" -> {
        Thread.currentThread().interrupt();
        tell("socket", () -> socket(port));
        System.out.println("interrupted: " + Thread.interrupted());
        Thread.currentThread().interrupt();
        tell("channel", () -> channel(port));
        System.out.println("interrupted: " + Thread.interrupted());
      }
      case "own-name" -> tell("look-up", () -> InetAddress.getByName("appaware..self.test"));
      case "listen" -> tell("listen", FirstUses::listen);
      default -> throw new IllegalArgumentException(args[0]);
    }
    tell("later", () -> socket(port));
    System.out.println("connected: " + CONNECTED);
  }

  private interface Way {
    Object go() throws Exception;
  }

  private static void tell(String what, Way way) {
    System.out.println(what + ": " + outcome(way));
  }

  private static String outcome(Way way) {
    try {
      return String.valueOf(way.go());
    } catch (UnknownHostException e) {
      return e.getClass() + ": " + e.getMessage().replaceAll(": Name or service.*", "");
    } catch (Exception e) {
      return e.toString().replaceAll("[0-9]{4,}", "PORT");
    }
  }

  private static String socket(int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      CONNECTED.incrementAndGet();
      return "connected " + socket.isConnected();
    }
  }

  private static String channel(int port) throws IOException {
    try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
      CONNECTED.incrementAndGet();
      return "connected " + channel.isConnected();
    }
  }

  private static String listen() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return "bound " + server.isBound();
    }
  }

  /** All at once. */
  private static void race(int port) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    Map<String, Integer> outcomes = new TreeMap<>();
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      boolean bySocket = i % 2 == 0;
      threads[i] =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                String outcome = outcome(() -> bySocket ? socket(port) : channel(port));
                synchronized (outcomes) {
                  outcomes.merge(outcome, 1, Integer::sum);
                }
              });
      threads[i].start();
    }
    start.countDown();
    for (Thread each : threads) {
      each.join();
    }
    outcomes.forEach((outcome, count) -> System.out.println(count + " x " + outcome));
  }

  /** The JDK's classes that the end of the stack would spoil, without any event. */
  private static void initialize() throws IOException, ClassNotFoundException {
    for (String name :
        List.of(
            "sun.net.NetHooks",
            Runtime.version().feature() < 25
                ? "sun.net.util.SocketExceptions"
                : "jdk.internal.util.Exceptions")) {
      Class<?> unused = Class.forName(name);
    }
    System.out.println(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 1).getPort());
    try (SocketChannel channel = SocketChannel.open();
        Socket socket = new Socket()) {
      System.out.println(channel.isConnected() || socket.isConnected());
    }
  }

  /** From the end of the stack back, on each level, so that any part of the test overflows once. */
  @SuppressWarnings("InfiniteRecursion") // that is the point
  private static int depth(int port, int level) {
    int deepest = level;
    try {
      deepest = depth(port, level + 1);
    } catch (StackOverflowError e) {
      // The end.
    }
    if (deepest - level < 400 && CONNECTED.get() < MOST) {
      try {
        String unused = channel(port);
      } catch (IOException | Error e) {
        // Denied, or too deep.
      }
    }
    return deepest;
  }
}
