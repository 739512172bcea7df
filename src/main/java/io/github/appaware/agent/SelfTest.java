package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.Operation;
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
 * <p>Before the application starts, that is done with Unix-domain sockets, which the agent itself
 * needs. Look-ups and IP sockets follow before their first event, see {@link FirstUse}: what the
 * application sets in its {@code main} says how the JDK initializes their classes.
 *
 * <p>Accept and receive are not tested, as a peer would send packets. They are woven into the
 * classes whose listen, send and connect are tested, and a class is woven as a whole or not at all.
 */
final class SelfTest {
  static final String DENIAL = "appaware: denied by the self-test";

  /** The hooked classes that the test loads. */
  static final List<String> TOUCHED = List.of("sun.nio.ch.UnixDomainSockets");

  /** Before the application starts. */
  static final int[] START = {Operation.UNIX_CONNECT, Operation.UNIX_BIND};

  /** Before the first look-up. */
  static final int[] NAMES = {Operation.RESOLVE};

  /** Before the first event of an IP socket. */
  static final int[] SOCKETS = {Operation.CONNECT, Operation.BIND, Operation.LISTEN};

  private static final int DISCARD = 9;

  private SelfTest() {}

  /** On the thread that starts the agent. */
  static void run(EventChecker checker, Path unused) throws AgentStartException {
    for (int operation : START) {
      checker.forbid(operation);
      if (!DENIAL.equals(attempt(operation, checker, unused))) {
        throw new AgentStartException(failure(operation));
      }
    }
    checker.forbid(-1);
  }

  /**
   * Initializes what a later test needs, and no property is read for: at the end of the
   * application's stack, the class would be spoilt for good.
   */
  static void prepare() throws ClassNotFoundException {
    Class<?> unused = Class.forName("sun.nio.ch.ServerSocketChannelImpl", true, null);
  }

  private static String failure(int operation) {
    return "the self-test failed: the hook of operation " + operation + " does not work";
  }

  /**
   * One operation of those that are tested at their first use, on the thread of that use. Its event
   * is denied by {@link FirstUse}.
   *
   * @return null, or why it could not run, for example without free file descriptors
   */
  static String first(int operation, EventChecker checker) {
    Object failure = attempt(operation, checker, null);
    if (failure == null) {
      AgentAbort.now(failure(operation));
    }
    return DENIAL.equals(failure) ? null : String.valueOf(failure);
  }

  private static Object attempt(int operation, EventChecker checker, Path unused) {
    try {
      return attempted(operation, checker, unused);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Returns the failure's message if it is not thrown. */
  @SuppressWarnings("removal") // there is no manager on JDK 24 and later
  private static Object attempted(int operation, EventChecker checker, Path unused)
      throws IOException {
    SelectorProvider provider = checker.provider();
    switch (operation) {
      case Operation.CONNECT -> {
        try (SocketChannel channel = provider.openSocketChannel()) {
          return checker.provoke(operation, channel, loopback(), DISCARD);
        }
      }
      case Operation.BIND -> {
        try (SocketChannel channel = provider.openSocketChannel()) {
          return checker.provoke(operation, channel, loopback(), 0);
        }
      }
      case Operation.LISTEN -> {
        if (System.getSecurityManager() != null) { // the channel would ask it
          return checker.provoke(operation, loopback());
        }
        try (ServerSocketChannel channel = provider.openServerSocketChannel()) {
          channel.bind(new InetSocketAddress(loopback(), 0));
        }
      }
      case Operation.UNIX_CONNECT -> {
        try (SocketChannel channel = provider.openSocketChannel(StandardProtocolFamily.UNIX)) {
          return checker.provoke(operation, channel, unused);
        }
      }
      case Operation.UNIX_BIND -> {
        try (SocketChannel channel = provider.openSocketChannel(StandardProtocolFamily.UNIX)) {
          channel.bind(UnixDomainSocketAddress.of(unused));
        }
      }
      case Operation.RESOLVE -> {
        InetAddress[] unusable = InetAddress.getAllByName(Bridge.NO_NAME);
        assert unusable == null;
      }
      default -> throw new IllegalStateException("operation " + operation);
    }
    return null;
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  /**
   * The same for datagrams, on the thread that binds the first datagram socket: most programs never
   * have one, and creating one costs up to 10 ms. Its events are checked like any other, except for
   * the datagram itself, which {@link #isProbe} recognizes.
   *
   * <p>With a security manager, which would be asked whether the datagram may be sent, it is left
   * out: that the JVM took the woven class must do.
   *
   * @return null, or why it could not run, for example without free file descriptors
   */
  @SuppressWarnings("removal") // there is no manager on JDK 24 and later
  static String datagrams(EventChecker checker) {
    if (System.getSecurityManager() != null) {
      return null;
    }
    try (DatagramChannel channel = checker.provider().openDatagramChannel()) {
      channel.configureBlocking(false); // so that an interrupt does not close it
      channel.send(ByteBuffer.allocate(1), new InetSocketAddress(loopback(), DISCARD));
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
