package io.github.appaware.agent;

import io.github.appaware.bridge.Operation;
import io.github.appaware.event.Protocol;
import java.net.InetAddress;

/**
 * The self-tests of the kinds that most programs never use, or whose classes read the application's
 * settings when they are initialized: before the first event of the kind, on its thread, while
 * others wait. An event before a test that could not run is denied, and the next one tries again.
 *
 * <p>Safe for all threads.
 */
final class FirstUse {
  private final EventChecker checker;

  /** Whether the tests have passed. */
  private volatile boolean names;

  private volatile boolean sockets;
  private volatile boolean datagrams;

  private volatile boolean unixSockets;

  /** The thread that is testing, or null. */
  private volatile Thread testing;

  /** The operation that it provokes, or -1. */
  private volatile int provoked = -1;

  FirstUse(EventChecker checker) {
    this.checker = checker;
  }

  /**
   * Runs the test that comes before this event, if there is one.
   *
   * @return null to judge the event; else the denial's message, or an empty text to let it happen
   */
  String before(int operation, Object[] arguments) {
    if (testing == Thread.currentThread()) {
      return ofTest(operation, arguments);
    }
    return switch (operation) {
      case Operation.RESOLVE, Operation.REVERSE -> names ? null : test(SelfTest.NAMES);
      case Operation.CONNECT,
          Operation.SEND,
          Operation.LISTEN,
          Operation.ACCEPT,
          Operation.RECEIVE ->
          sockets ? null : test(SelfTest.SOCKETS);
      case Operation.BIND -> beforeBind(arguments);
      default -> null;
    };
  }

  /** There is nothing to test, but the JDK would have loaded its network library for the socket. */
  void beforeUnixSocket() {
    if (!unixSockets) {
      unixSockets = true;
      Object none = checker.provoke(Operation.NETWORK);
      assert none == null;
    }
  }

  private String beforeBind(Object[] arguments) {
    String denial = sockets ? null : test(SelfTest.SOCKETS);
    return denial != null || datagrams || EventReader.protocol(arguments[2]) != Protocol.UDP
        ? denial
        : testDatagrams();
  }

  /** For an event of the test itself. */
  private String ofTest(int operation, Object[] arguments) {
    if (operation == Operation.SEND && SelfTest.isProbe(arguments[0], arguments[1])) {
      return SelfTest.DENIAL;
    }
    if (operation == provoked) {
      return SelfTest.DENIAL;
    }
    // A socket must be bound before it can listen; this one never does.
    return provoked == Operation.LISTEN && operation == Operation.BIND && isLoopback(arguments)
        ? ""
        : null;
  }

  private static boolean isLoopback(Object[] arguments) {
    return ((InetAddress) arguments[0]).isLoopbackAddress() && (Integer) arguments[1] == 0;
  }

  private synchronized String test(int[] operations) {
    boolean done = operations == SelfTest.NAMES ? names : sockets;
    String failure = null;
    testing = Thread.currentThread();
    try {
      for (int i = 0; i < operations.length && !done && failure == null; i++) {
        provoked = operations[i];
        failure = SelfTest.first(operations[i], checker);
      }
    } finally {
      provoked = -1;
      testing = null;
    }
    if (failure != null) {
      return "appaware: denied, as the self-test of "
          + (operations == SelfTest.NAMES ? "look-ups" : "sockets")
          + " can't be run: "
          + failure;
    }
    if (operations == SelfTest.NAMES) {
      names = true;
    } else {
      sockets = true;
    }
    return null;
  }

  private synchronized String testDatagrams() {
    if (datagrams) {
      return null;
    }
    testing = Thread.currentThread();
    try {
      String failure = SelfTest.datagrams(checker);
      datagrams = failure == null;
      return failure == null
          ? null
          : "appaware: bind denied, as the self-test of datagrams can't be run: " + failure;
    } finally {
      testing = null;
    }
  }
}
