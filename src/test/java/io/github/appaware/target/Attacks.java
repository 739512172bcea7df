package io.github.appaware.target;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries to get out, or to be mistaken for another, while everything is denied. Prints what came of
 * it; whether anything got through is for the peer to say.
 */
public final class Attacks {
  private static int port;

  private Attacks() {}

  /** Arguments: the attack, a port with TCP and UDP peers, what else the attack needs. */
  public static void main(String[] arguments) throws Exception {
    port = Integer.parseInt(arguments[1]);
    int datagrams = Integer.parseInt(arguments[2]);
    String more = arguments.length > 3 ? arguments[3] : "";
    switch (arguments[0]) {
      case "old-datagrams" -> oldDatagrams(datagrams);
      case "mapped" -> connect(InetAddress.getByName("::ffff:127.0.0.1"));
      case "wildcard" -> connect(InetAddress.getByAddress(new byte[4]));
      case "wildcard6" -> connect(InetAddress.getByAddress(new byte[16]));
      case "handler-on-agent-thread" -> handlerOnAgentThread();
      case "interrupt-agent" -> interruptAgent();
      case "exhausted-stack" -> exhaustedStack();
      case "exhausted-heap" -> exhaustedHeap();
      case "bridge-by-reflection" -> bridgeByReflection();
      case "judge-property" -> judgeProperty();
      case "bare-child" -> bareChild(more);
      case "race" -> race();
      case "link" -> link(more);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    say("failures on the way: " + depth);
    System.exit(0); // whatever threads an attack left
  }

  private static void say(Object what) {
    System.out.println(what);
  }

  private static void connect(InetAddress address) {
    try (Socket socket = new Socket(address, port)) {
      say("connected " + socket);
    } catch (IOException e) {
      say(e.getMessage());
    }
  }

  private static void connect() {
    try {
      connect(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      say(e);
    }
  }

  /** JDK 17 has sockets of before JDK 14, chosen by a property that is read at run time. */
  private static void oldDatagrams(int datagrams) throws IOException {
    System.setProperty("jdk.net.usePlainDatagramSocketImpl", "true");
    InetSocketAddress far = new InetSocketAddress("127.0.0.1", datagrams);
    DatagramPacket packet = new DatagramPacket(new byte[1], 1, far);
    try (DatagramSocket socket = new DatagramSocket()) {
      try {
        socket.send(packet);
        say("sent");
      } catch (IOException e) {
        say(e.getMessage());
      }
      try {
        socket.connect(far);
        socket.send(packet);
        say("connected and sent");
      } catch (IOException e) {
        say(e.getMessage());
      }
    }
  }

  private static List<Thread> agents() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("appaware-"))
        .toList();
  }

  /** Code of ours on a thread of the agent's: would it be the agent's then? */
  private static void handlerOnAgentThread() throws Exception {
    for (Thread thread : agents()) {
      thread.setUncaughtExceptionHandler((dying, why) -> connect());
      try {
        Thread.class.getMethod("stop").invoke(thread);
      } catch (InvocationTargetException | NoSuchMethodException e) {
        thread.interrupt(); // JDK 20 and later refuse to stop threads
      }
      thread.join(2000);
    }
    connect();
  }

  private static void interruptAgent() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      agents().forEach(Thread::interrupt);
      connect();
    }
  }

  private static int depth;

  /** A hooked class that is loaded when the stack has no room for hooking it. */
  private static void exhaustedStack() throws Exception {
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
      say("listening " + socket);
    } catch (IOException e) {
      say(e.getMessage());
    }
    connect();
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

  /** An agent that runs out of memory, with a crash reporter that phones home. */
  private static void exhaustedHeap() throws Exception {
    Thread.setDefaultUncaughtExceptionHandler((thread, why) -> connect());
    List<byte[]> hoard = new ArrayList<>();
    List<Thread> knocking = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 300; n++) {
                  connect();
                }
              });
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
    connect();
  }

  private static void bridgeByReflection() throws Exception {
    Class<?> bridge = Class.forName("sun.nio.ch.AppawareBridge");
    for (String field : List.of("JUDGE", "ASKED")) {
      try {
        var target = bridge.getDeclaredField(field);
        target.setAccessible(true);
        target.set(null, null);
        say("overwrote " + field);
      } catch (ReflectiveOperationException | RuntimeException e) {
        say(e.getClass().getSimpleName());
      }
    }
    connect();
  }

  private static void judgeProperty() {
    java.util.function.BiFunction<Integer, Object[], Object> yes = (operation, arguments) -> null;
    System.getProperties().put("appaware.judge", yes);
    connect();
  }

  /** The child is this attack's next step: a plain connect. */
  private static void bareChild(String jar) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
                java, "-cp", jar, Attacks.class.getName(), "wildcard", "" + port, "" + port)
            .redirectErrorStream(true);
    builder.environment().clear();
    Process child = builder.start();
    child.getInputStream().transferTo(System.out);
    child.waitFor();
  }

  /** Two threads, one channel: judged for one address, connected to another? */
  private static void race() throws Exception {
    InetSocketAddress far = new InetSocketAddress("127.0.0.1", port);
    for (int i = 0; i < 200; i++) {
      try (SocketChannel channel = SocketChannel.open()) {
        channel.configureBlocking(false);
        Thread other =
            new Thread(
                () -> {
                  try {
                    channel.connect(far);
                    channel.write(ByteBuffer.wrap(new byte[1]));
                  } catch (IOException | RuntimeException e) {
                    depth++;
                  }
                });
        other.start();
        try {
          channel.connect(new InetSocketAddress("127.0.0.1", 1));
        } catch (IOException | RuntimeException e) {
          depth++;
        }
        other.join();
      }
    }
    connect();
  }

  private static void link(String path) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      say("connected " + channel);
    } catch (IOException e) {
      say(e.getMessage());
    }
  }
}
