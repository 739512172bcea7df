package io.github.appaware.target;

import static io.github.appaware.target.Attacks.connect;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A resource that checking events needs as well is exhausted. */
final class AttacksByExhaustion {
  private static int depth;

  private AttacksByExhaustion() {}

  static Map<String, Attacks.Attack> all() {
    return Map.of(
        "exhausted-stack", AttacksByExhaustion::stack,
        "unwinding-stack", AttacksByExhaustion::unwinding,
        "repair-at-the-stacks-end", AttacksByExhaustion::repair,
        "exhausted-heap", AttacksByExhaustion::heap,
        "exhausted-descriptors", AttacksByExhaustion::descriptors,
        "exhausted-threads", AttacksByExhaustion::threads,
        "flood", AttacksByExhaustion::flood,
        "many-virtual-threads", AttacksByExhaustion::virtualThreads);
  }

  /** A hooked class that is loaded when the stack has no room for hooking it. */
  private static void stack() throws Exception {
    for (String name :
        List.of(
            "java.lang.ProcessImpl",
            "sun.nio.ch.NioSocketImpl",
            "sun.nio.ch.AsynchronousServerSocketChannelImpl")) {
      for (int i = 0; i < 30; i++) {
        try {
          dive(name);
        } catch (StackOverflowError | NoClassDefFoundError e) {
          depth++;
        }
      }
    }
    try (ServerSocket socket = new ServerSocket(0)) {
      Attacks.say("listening " + socket);
    } catch (IOException e) {
      Attacks.say(e.getMessage());
    }
  }

  @SuppressWarnings("InfiniteRecursion") // to the end of the stack
  private static void dive(String name) {
    try {
      depth++;
      dive(name);
    } catch (StackOverflowError e) {
      try {
        Class<?> loaded = Class.forName(name, false, null);
        depth += loaded.getModifiers() & 1;
      } catch (ClassNotFoundException none) {
        throw new IllegalStateException(none);
      }
    }
  }

  /** Connects with a little more stack each time: each step of the check overflows once. */
  private static void unwinding() {
    int[] rising = new int[1];
    try {
      unwind(rising);
    } catch (StackOverflowError e) {
      depth++;
    }
    Attacks.say("tried at " + rising[0] + " depths, caught " + depth);
  }

  @SuppressWarnings("InfiniteRecursion") // to the end of the stack, and back
  private static void unwind(int[] rising) {
    try {
      unwind(rising);
    } catch (StackOverflowError e) {
      depth++;
    }
    if (rising[0]++ < 3_000) {
      try {
        new Socket(Attacks.LOOPBACK, Attacks.port).close();
        Attacks.say("connected");
      } catch (IOException | LinkageError e) {
        depth++;
      }
    }
  }

  /** Disconnecting binds anew without asking; left on the way, is the thread free for ever? */
  private static void repair() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      int[] rising = new int[1];
      try {
        disconnect(channel, rising);
      } catch (StackOverflowError e) {
        depth++;
      }
    }
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.bind(new InetSocketAddress(Attacks.LOOPBACK, 0));
      Attacks.say("connected to nobody, but listening at " + channel.getLocalAddress());
    } catch (IOException e) {
      Attacks.say(e.getMessage());
    }
  }

  @SuppressWarnings("InfiniteRecursion") // likewise
  private static void disconnect(DatagramChannel channel, int[] rising) {
    try {
      disconnect(channel, rising);
    } catch (StackOverflowError e) {
      depth++;
    }
    if (rising[0]++ < 2_000) {
      try {
        channel.connect(new InetSocketAddress(Attacks.LOOPBACK, Attacks.DECOY));
        channel.disconnect();
      } catch (IOException | RuntimeException e) {
        depth++;
      }
    }
  }

  /** An agent that runs out of memory, with a crash reporter that phones home. */
  private static void heap() throws Exception {
    Thread.setDefaultUncaughtExceptionHandler((thread, why) -> connect());
    List<byte[]> hoard = new ArrayList<>();
    List<Thread> knocking = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread thread = new Thread(() -> knock(300));
      knocking.add(thread);
      thread.start();
    }
    try {
      for (int size = 1 << 20; size > 16; ) {
        try {
          hoard.add(new byte[size]);
        } catch (OutOfMemoryError e) {
          size /= 2;
        }
      }
    } finally {
      depth += hoard.size();
      hoard.clear();
    }
    for (Thread thread : knocking) {
      thread.join();
    }
  }

  private static void knock(int times) {
    for (int n = 0; n < times; n++) {
      Attacks.connect();
    }
  }

  /** Takes all, then frees one after the other: does the agent or the attack get it? */
  private static void descriptors() throws IOException {
    List<InputStream> hoard = new ArrayList<>();
    try {
      while (hoard.size() < 100_000) {
        hoard.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      Attacks.say(e.getMessage());
    }
    Attacks.connect();
    for (int i = 0; i < Math.min(10, hoard.size()); i++) {
      hoard.get(i).close();
      Attacks.connect();
    }
  }

  /** No thread can be made; what of the agent's needs one? */
  private static void threads() {
    for (int i = 0; i < 3; i++) {
      try {
        new Thread(null, Attacks::connect, "huge", 1L << 46).start();
      } catch (OutOfMemoryError e) {
        Attacks.say(e.getMessage());
      }
      Attacks.connect();
    }
  }

  /** More questions at once, all different, than may wait. */
  private static void flood() throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      int first = 2_000 + 100 * i;
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 100; n++) {
                  try {
                    new Socket(Attacks.LOOPBACK, first + n).close();
                  } catch (IOException e) {
                    // Denied, as it should.
                  }
                }
                Attacks.connect();
              });
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
  }

  private static void virtualThreads() throws Exception {
    ConcurrentLinkedQueue<Thread> all = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 1_000; i++) {
      Runnable work = Attacks::connect;
      Thread thread;
      try {
        thread =
            (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
      } catch (NoSuchMethodException e) {
        return; // of before JDK 21
      }
      all.add(thread);
    }
    for (Thread thread : all) {
      thread.join();
    }
  }
}
