package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.List;

/**
 * Provokes one forbidden event of each kind and sees that the hook caught it. Were a hook missing,
 * nothing would leave this host: the far ends are the loopback address and a name that no query can
 * be made of.
 *
 * <p>Accept and receive have no event of their own here, as a peer would be packets. They are woven
 * into the classes whose listen, send and connect are tried, and a class is woven as a whole or not
 * at all.
 */
final class SelfTest {
  static final String DENIAL = "appaware: denied by the self-test";

  /** The hooked classes that it makes the JVM load. */
  static final List<String> TOUCHED =
      List.of(
          "sun.nio.ch.Net",
          "java.net.InetAddress",
          "sun.nio.ch.UnixDomainSockets",
          "sun.nio.ch.ServerSocketChannelImpl");

  private static final int DISCARD = 9;

  private SelfTest() {}

  static void run(EventChecker checker, Path unused) throws AgentStartException {
    int[] operations = {
      Bridge.CONNECT,
      Bridge.BIND,
      Bridge.LISTEN,
      Bridge.UNIX_CONNECT,
      Bridge.UNIX_BIND,
      Bridge.RESOLVE
    };
    for (int operation : operations) {
      checker.forbid(operation);
      if (!caught(operation, checker, unused)) {
        throw new AgentStartException(
            "the self-test failed: the hook of operation " + operation + " is dead");
      }
    }
    checker.forbid(-1);
  }

  private static boolean caught(int operation, EventChecker checker, Path unused) {
    try {
      return DENIAL.equals(attempt(operation, checker, unused));
    } catch (IOException e) {
      return DENIAL.equals(e.getMessage());
    }
  }

  /** The failure's message where it is not thrown. */
  private static Object attempt(int operation, EventChecker checker, Path unused)
      throws IOException {
    SelectorProvider provider = checker.provider();
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    switch (operation) {
      case Bridge.CONNECT -> {
        try (SocketChannel channel = provider.openSocketChannel()) {
          return checker.provoke(operation, channel, loopback, DISCARD);
        }
      }
      case Bridge.BIND -> {
        try (SocketChannel channel = provider.openSocketChannel()) {
          channel.bind(new InetSocketAddress(loopback, 0));
        }
      }
      case Bridge.LISTEN -> {
        try (ServerSocketChannel channel = provider.openServerSocketChannel()) {
          channel.bind(new InetSocketAddress(loopback, 0));
        }
      }
      case Bridge.UNIX_CONNECT -> {
        try (SocketChannel channel = provider.openSocketChannel(StandardProtocolFamily.UNIX)) {
          return checker.provoke(operation, channel, unused);
        }
      }
      case Bridge.UNIX_BIND -> {
        try (SocketChannel channel = provider.openSocketChannel(StandardProtocolFamily.UNIX)) {
          channel.bind(UnixDomainSocketAddress.of(unused));
        }
      }
      case Bridge.RESOLVE -> {
        InetAddress.getAllByName("appaware..self.test");
      }
      default -> throw new IllegalStateException("operation " + operation);
    }
    return null;
  }

  /**
   * The same for datagrams, on whatever thread is about to have its first datagram socket: most
   * programs never have one, and making one costs up to 10 ms. Checked like any other event except
   * for the datagram itself, which {@link #isProbe} tells.
   *
   * @return null, or why it could not be tried: out of file descriptors, say
   */
  static String datagrams(EventChecker checker) {
    try (DatagramChannel channel = checker.provider().openDatagramChannel()) {
      channel.configureBlocking(false); // so that an interrupt does not close it
      channel.send(
          ByteBuffer.allocate(1),
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), DISCARD));
    } catch (IOException e) {
      return DENIAL.equals(e.getMessage()) ? null : String.valueOf(e.getMessage());
    }
    AgentAbort.now("the self-test failed: the hook of datagrams is dead");
    return null;
  }

  /** Whether a datagram to there is the one of {@link #datagrams}. */
  static boolean isProbe(Object remote, Object port) {
    return (Integer) port == DISCARD && ((InetAddress) remote).isLoopbackAddress();
  }
}
