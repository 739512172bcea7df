package io.github.appaware.target;

import io.github.appaware.target.library.Deep;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Has a library connect to one port from several places, each of them several times. Prints the
 * bytes that a connect allocated for each further frame of the library. Argument: a port at which
 * nothing listens.
 */
public final class Sites {
  /** How often the two lines of one method, and threads that are the library's own. */
  public static final int FIRST = 3;

  public static final int SECOND = 5;
  public static final int ALONE = 4;

  /** How often from one more line, at two depths. */
  public static final int MEASURED = 300;

  private static final int SHALLOW = 10;
  private static final int DEEP = 210;

  private Sites() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    for (int i = 0; i < SECOND; i++) {
      twice(i, port);
    }
    Thread alone = new Thread(new Deep(ALONE, port));
    alone.start();
    alone.join();
    if (Runtime.version().feature() >= 21) {
      Object thread =
          Thread.class
              .getMethod("startVirtualThread", Runnable.class)
              .invoke(null, new Deep(ALONE, port));
      ((Thread) thread).join();
    }
    long shallow;
    long deep;
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      long unused = measured(SHALLOW, server); // whatever is made once
      shallow = measured(SHALLOW, server);
      deep = measured(DEEP, server);
    }
    System.out.println((deep - shallow) / (MEASURED / 3) / (DEEP - SHALLOW));
  }

  private static void twice(int time, int port) {
    if (time < FIRST) {
      Deep.connect(90, port);
    }
    Deep.connect(90, port);
  }

  private static long measured(int depth, ServerSocket server) throws IOException {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = 0;
    for (int i = 0; i < MEASURED / 3; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      Deep.connect(depth, server.getLocalPort());
      allocated += threads.getCurrentThreadAllocatedBytes() - before;
      server.accept().close();
    }
    return allocated;
  }
}
