package io.github.appaware.target;

import io.github.appaware.target.library.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Connects in the ways that its arguments name, each {@code way=port}. */
public final class Callers {
  private Callers() {}

  /** Prints the outcome of each. */
  public static void main(String[] arguments) throws Exception {
    for (String argument : arguments) {
      String way = argument.substring(0, argument.indexOf('='));
      int port = Integer.parseInt(argument.substring(argument.indexOf('=') + 1));
      Throwable failure = attempt(() -> go(way, port));
      System.out.println(way + ": " + (failure == null ? "connected" : failure));
    }
  }

  private static Throwable attempt(Callable<?> work) {
    try {
      Object unused = work.call();
      return null;
    } catch (Exception e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return root;
    }
  }

  private static Object go(String way, int port) throws Exception {
    switch (way) {
      case "own" -> connect(port);
      case "client" -> Client.connect(port);
      case "library" -> Library.connect(port);
      case "reflection" -> Library.class.getMethod("connect", int.class).invoke(null, port);
      case "pool" -> {
        ExecutorService pool = Executors.newSingleThreadExecutor(work -> new Thread(work, "pool"));
        try {
          return pool.submit(
                  () -> {
                    Library.connect(port);
                    return null;
                  })
              .get();
        } finally {
          pool.shutdown();
        }
      }
      case "virtual" -> virtual(port);
      default -> throw new IllegalArgumentException(way);
    }
    return null;
  }

  /** A way of JDK 21 and newer, which this one is compiled before. */
  private static void virtual(int port) throws Exception {
    Throwable[] failure = new Throwable[1];
    Runnable work =
        () ->
            failure[0] =
                attempt(
                    () -> {
                      Library.connect(port);
                      return null;
                    });
    Thread thread =
        (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    thread.join();
    if (failure[0] != null) {
      throw new IOException(failure[0]);
    }
  }

  private static void connect(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }
}
