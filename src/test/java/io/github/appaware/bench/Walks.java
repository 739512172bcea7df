package io.github.appaware.bench;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * Connects again and again, below so many frames of a library, and prints a line for each depth:
 * the depth, the median time in nanoseconds, and the bytes that the thread allocated, or 0.
 * Arguments: a port; {@code plain}, or {@code walk} to walk the stack first; {@code platform} or
 * {@code virtual}; the depths.
 */
public final class Walks {
  private static final int TIMES = 8_000;

  private static long[] times;

  private Walks() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress to =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    boolean walk = args[1].equals("walk");
    for (int i = 3; i < args.length; i++) {
      int depth = Integer.parseInt(args[i]);
      if (args[2].equals("virtual")) {
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        ((Thread) start.invoke(null, (Runnable) () -> measure(depth, walk, to))).join();
      } else {
        measure(depth, walk, to);
      }
    }
  }

  private static void measure(int depth, boolean walk, InetSocketAddress to) {
    times = new long[TIMES];
    long bytes = 0;
    for (int i = 0; i < TIMES; i++) {
      if (i == TIMES / 2) {
        bytes = allocated();
      }
      times[i] = LibraryOfWalks.connect(depth, walk, to, Walks.class);
    }
    bytes = allocated() - bytes;
    long[] warm = Arrays.copyOfRange(times, TIMES / 2, TIMES);
    Arrays.sort(warm);
    System.out.println(depth + " " + warm[warm.length / 2] + " " + bytes / warm.length);
  }

  /** Not known of virtual threads. */
  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Math.max(0, threads.getCurrentThreadAllocatedBytes());
  }
}
