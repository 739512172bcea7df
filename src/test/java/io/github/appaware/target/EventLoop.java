package io.github.appaware.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/**
 * An event loop, on which BlockHound allows no blocking call, does what event loops do: each kind
 * of network event by non-blocking channels. At last it does block.
 *
 * <p>Arguments: a TCP port; a Unix-domain socket's path.
 */
public final class EventLoop {
  private static final String NAME = "event-loop";

  private EventLoop() {}

  public static void main(String[] arguments) throws Exception {
    BlockHound.builder()
        .nonBlockingThreadPredicate(before -> before.or(each -> each.getName().equals(NAME)))
        .install();
    // The JDK itself reads a file when the first Unix-domain socket connects.
    try {
      Object unused = connectUnix(arguments[1]);
    } catch (IOException e) {
      // Not on the event loop: whatever comes of it.
    }
    Thread loop = new Thread(() -> run(Integer.parseInt(arguments[0]), arguments[1]), NAME);
    loop.start();
    loop.join();
  }

  private static void run(int port, String path) {
    InetSocketAddress peer = new InetSocketAddress("127.0.0.1", port);
    for (int i = 0; i < 3; i++) {
      say("connect", () -> connect(peer));
    }
    say("resolve", () -> InetAddress.getLocalHost().isMulticastAddress());
    say("listen", EventLoop::listen);
    say("send", () -> send(peer));
    say("unix", () -> connectUnix(path));
    say("thread", () -> other(peer));
    say(
        "sleep",
        () -> {
          Thread.sleep(1);
          return "not found";
        });
  }

  private static void say(String what, Callable<Object> work) {
    String outcome;
    try {
      outcome = String.valueOf(work.call());
    } catch (BlockingOperationError e) {
      outcome = e.getMessage();
    } catch (Exception e) {
      outcome = e.getClass().getSimpleName();
    }
    // Printing blocks, too.
    Thread printer = new Thread(new Line(what + ": " + outcome));
    printer.start();
    while (printer.isAlive()) {
      Object unused = new Object();
    }
  }

  private record Line(String text) implements Runnable {
    @Override
    public void run() {
      System.out.println(text);
    }
  }

  private static Object connect(InetSocketAddress peer) throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      boolean unused = channel.connect(peer);
      return "begun";
    }
  }

  private static Object listen() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.configureBlocking(false);
      return server.bind(new InetSocketAddress("127.0.0.1", 0)).accept();
    }
  }

  private static Object send(InetSocketAddress peer) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.configureBlocking(false);
      return channel.send(ByteBuffer.allocate(1), peer);
    }
  }

  private static Object connectUnix(String path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      return channel.connect(UnixDomainSocketAddress.of(Path.of(path)));
    }
  }

  /** An event of another thread, which may block. */
  private static Object other(InetSocketAddress peer) {
    String[] outcome = new String[1];
    Thread other =
        new Thread(
            () -> {
              try {
                outcome[0] = String.valueOf(connect(peer));
              } catch (IOException e) {
                outcome[0] = e.getClass().getSimpleName();
              }
            });
    other.start();
    while (other.isAlive()) {
      Object unused = new Object();
    }
    return outcome[0];
  }
}
