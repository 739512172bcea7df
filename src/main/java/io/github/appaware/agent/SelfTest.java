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
 * Provokes one forbidden event of each kind and verifies that the hook denied it. If a hook were
 * missing, nothing would leave this host: the targets are the loopback address and a name that
 * can't be queried.
 *
 * <p>Accept and receive are not tested, as a peer would send packets. They are woven into the
 * classes whose listen, send and connect are tested, and a class is woven as a whole or not at all.
 */
final class SelfTest {
  static final String DENIAL = "appaware: denied by the self-test";

  /** The hooked classes that the test loads. */
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
            "the self-test failed: the hook of operation " + operation + " does not work");
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

  /** Returns the failure's message if it is not thrown. */
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
   * The same for datagrams, on the thread that binds the first datagram socket: most programs never
   * have one, and creating one costs up to 10 ms. Its events are checked like any other, except for
   * the datagram itself, which {@link #isProbe} recognizes.
   *
   * @return null, or why it could not run, for example without free file descriptors
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
    AgentAbort.now("the self-test failed: the hook of datagrams does not work");
    return null;
  }

  /** Whether a datagram to this address is the one of {@link #datagrams}. */
  static boolean isProbe(Object remote, Object port) {
    return (Integer) port == DISCARD && ((InetAddress) remote).isLoopbackAddress();
  }
}
