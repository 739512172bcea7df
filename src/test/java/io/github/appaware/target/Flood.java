package io.github.appaware.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Ignores denials: connects in a loop, on many threads. */
public final class Flood {
  private static final int THREADS = 16;
  private static final int FAR_ENDS = 8;

  private Flood() {}

  /** Arguments: for how many seconds at least, and how many attempts at least. */
  public static void main(String[] arguments) throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + Long.parseLong(arguments[0]) * 1_000_000_000L;
    long least = Long.parseLong(arguments[1]);
    AtomicLong denied = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int port = 1_000 + i % FAR_ENDS;
      InetSocketAddress far = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      Thread thread =
          new Thread(
              () -> {
                while (System.nanoTime() < end || denied.get() < least) {
                  try (Socket socket = new Socket()) {
                    socket.connect(far);
                    System.out.println("connected");
                  } catch (IOException e) {
                    denied.incrementAndGet();
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.println("denied " + denied);
    System.out.println("milliseconds " + (System.nanoTime() - begin) / 1_000_000);
    System.out.println("heap " + used);
  }
}
