package io.github.appaware.target;

import static io.github.appaware.target.Attacks.attempt;
import static io.github.appaware.target.Attacks.connect;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.reflect.InvocationTargetException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Very early, very late, or between a question and its answer. */
final class AttacksByTiming {
  private static final int TIMES = 200;

  private AttacksByTiming() {}

  static Map<String, Attacks.Attack> all() {
    return Map.of(
        "race", AttacksByTiming::race,
        "datagram-race", AttacksByTiming::datagramRace,
        "verdict-for-another", AttacksByTiming::verdictForAnother,
        "reconnected-datagrams", AttacksByTiming::reconnected,
        "class-initialiser", () -> Attacks.say(Early.CONNECTED),
        "shutdown-hook", AttacksByTiming::shutdownHook,
        "halt", AttacksByTiming::halt,
        "cleaner", AttacksByTiming::cleaner,
        "interrupted", AttacksByTiming::interrupted,
        "stopped", AttacksByTiming::stopped);
  }

  /** Two threads, one channel: checked for one address, connected to another? */
  private static void race() throws Exception {
    for (int i = 0; i < TIMES; i++) {
      try (SocketChannel channel = SocketChannel.open()) {
        channel.configureBlocking(false);
        Thread other =
            new Thread(
                () -> {
                  try {
                    channel.connect(Attacks.tcp());
                    channel.write(ByteBuffer.wrap(new byte[1]));
                  } catch (IOException | RuntimeException e) {
                    // The other thread was there first, or it was denied.
                  }
                });
        other.start();
        try {
          channel.connect(decoy());
        } catch (IOException | RuntimeException e) {
          // Likewise.
        }
        other.join();
      }
    }
  }

  private static InetSocketAddress decoy() {
    return new InetSocketAddress(Attacks.LOOPBACK, Attacks.DECOY);
  }

  /** The packet's address changes while it is sent. */
  private static void datagramRace() throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[1], 1, decoy());
    AtomicBoolean over = new AtomicBoolean();
    Thread other =
        new Thread(
            () -> {
              while (!over.get()) {
                packet.setSocketAddress(Attacks.udp());
                packet.setPort(Attacks.DECOY);
              }
            });
    other.start();
    for (String old : new String[] {"false", "true"}) {
      System.setProperty("jdk.net.usePlainDatagramSocketImpl", old);
      try (DatagramSocket socket = new DatagramSocket()) {
        for (int i = 0; i < 10 * TIMES; i++) {
          try {
            socket.send(packet);
          } catch (IOException e) {
            // Denied: it was the wrong moment.
          }
        }
      }
    }
    over.set(true);
    other.join();
  }

  private static void verdictForAnother() {
    for (int i = 0; i < TIMES; i++) {
      try {
        new Socket(Attacks.LOOPBACK, Attacks.DECOY).close();
      } catch (IOException e) {
        // Nothing listens there.
      }
    }
    connect();
  }

  /** Connected to an allowed peer, then to a denied one. */
  private static void reconnected() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1], 1, Attacks.udp());
    try (DatagramSocket socket = new DatagramSocket()) {
      attempt(() -> socket.connect(decoy()));
      attempt(() -> socket.send(packet));
      attempt(socket::disconnect);
      attempt(() -> socket.send(packet));
      attempt(() -> socket.connect(Attacks.udp()));
      attempt(() -> socket.send(packet));
    }
  }

  private static final class Early {
    static final String CONNECTED = connected();

    private Early() {}

    private static String connected() {
      connect();
      return "initialised";
    }
  }

  private static void shutdownHook() {
    Runtime.getRuntime().addShutdownHook(new Thread(Attacks::connect));
    Thread daemon =
        new Thread(
            () -> {
              while (true) {
                connect();
              }
            });
    daemon.setDaemon(true);
    daemon.start();
    System.exit(3);
  }

  private static void halt() {
    for (int i = 0; i < 4; i++) {
      new Thread(
              () -> {
                while (true) {
                  connect();
                }
              })
          .start();
    }
    connect();
    Runtime.getRuntime().halt(3);
  }

  private static void cleaner() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Cleaner.create()
        .register(
            new Object(),
            () -> {
              connect();
              done.countDown();
            });
    while (done.getCount() > 0) {
      System.gc();
      done.await(10, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
  }

  private static void interrupted() {
    for (int i = 0; i < TIMES; i++) {
      Thread.currentThread().interrupt();
      connect();
    }
    Attacks.say("interrupted: " + Thread.interrupted());
  }

  /** Killed between the question and the answer, where the JDK still has a way to do it. */
  private static void stopped() throws Exception {
    for (int i = 0; i < TIMES; i++) {
      Thread thread = new Thread(Attacks::connect);
      thread.setUncaughtExceptionHandler((dead, why) -> connect());
      thread.start();
      if (i % 2 == 0) {
        Thread.onSpinWait();
      }
      try {
        Thread.class.getMethod("stop").invoke(thread);
      } catch (InvocationTargetException | NoSuchMethodException e) {
        thread.interrupt();
      }
      thread.join();
    }
  }
}
