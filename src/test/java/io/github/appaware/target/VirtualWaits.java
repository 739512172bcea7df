package io.github.appaware.target;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;

/**
 * A virtual thread that waits for a verdict, while another goes on; then one that is pinned, to
 * show that this would be noticed. Arguments: a port; a file for JFR's recording of both. For JDK
 * 21 and later.
 */
public final class VirtualWaits {
  private static final long TICK = 5_000_000;

  private VirtualWaits() {}

  /** A virtual thread that waits while a class is initialized stays on its carrier. */
  private static final class Pinned {
    static final boolean DONE;

    static {
      LockSupport.parkNanos(100_000_000);
      DONE = true;
    }

    private Pinned() {}
  }

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    Path file = Path.of(arguments[1]);
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      run(port);
      recording.stop();
      recording.dump(file);
    }
  }

  private static void run(int port) throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    Thread ticking =
        start(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(TICK);
                int unused = ticks.incrementAndGet();
              }
            });
    Thread waiting = start(() -> System.out.println(connect(port)));
    waiting.join();
    System.out.println("others went on: " + (ticks.get() > 20));
    ticking.interrupt();
    ticking.join();
    start(() -> System.out.println("pinned: " + Pinned.DONE)).join();
  }

  private static Thread start(Runnable work) throws ReflectiveOperationException {
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
  }

  private static String connect(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return "connected " + socket.getPort();
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}
