package io.github.appaware.target;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Connects with its interrupt set, then again without, then from many threads at once. */
public final class Interrupted {
  private Interrupted() {}

  /** Argument: a port. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    Thread.currentThread().interrupt();
    new Socket("127.0.0.1", port).close();
    System.out.println("interrupted: " + Thread.interrupted());
    new Socket("127.0.0.1", port).close();
    System.out.println("then: connected");
    AtomicInteger connected = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      // An address of its own, so that each asks the server.
      String host = "127.0.1." + (i + 1);
      threads.add(new Thread(() -> refused(host, port, connected)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("200 threads: " + connected);
  }

  /** Nothing listens there: a refused connection shows that the event was allowed. */
  private static void refused(String host, int port, AtomicInteger count) {
    try {
      new Socket(host, port).close();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("refused")) {
        count.incrementAndGet();
      }
    }
  }
}
