package io.github.appaware.hook;

import io.github.appaware.bridge.NativeTransportBridge;
import io.github.appaware.bridge.NativeTransports;
import java.util.List;

/**
 * One hooked method of a class outside {@code java.base}.
 *
 * @param suffix one of the constants of {@link NativeTransports}
 * @param method the method's name
 * @param descriptor its descriptor with simple class names, as relocated copies have other packages
 * @param how how the method is hooked
 * @param bridge the internal name in the target of the class that is called, mostly {@link
 *     NativeTransportBridge}
 * @param bridgeMethod its method
 * @param bridgeDescriptor its descriptor
 * @param arguments its arguments: the indexes of the method's parameters, or {@link #THIS}, {@link
 *     #RESULT} or {@link #CAPACITY}
 */
record TransportHook(
    String suffix,
    String method,
    String descriptor,
    How how,
    String bridge,
    String bridgeMethod,
    String bridgeDescriptor,
    List<Integer> arguments) {
  /** The object that the method is called on. */
  static final int THIS = -1;

  /** What the native method returned. */
  static final int RESULT = -2;

  /** The largest datagram that fits, read before the native method overwrites it. */
  static final int CAPACITY = -3;

  /** How the method is hooked. */
  enum How {
    /** Before a native method. */
    BEFORE,
    /** Before a native method, whose last argument becomes the result. */
    LIMIT,
    /** After a native method, which is called again if the bridge says so. */
    AFTER,
    /** As {@link #AFTER}, and closes a denied connection first. */
    AFTER_ACCEPT,
    /** Before a native method that cannot be observed: the event has only its name. */
    BLIND,
    /** At the start of a method. */
    ENTRY,
    /** As {@link #ENTRY}; if the result is false, closes the connection and fails. */
    ENTRY_ACCEPT,
    /** As {@link #ENTRY}; the event has only the method's name. */
    ENTRY_BLIND,
    /**
     * As {@link #ENTRY}; the bridge returns null or a failure, with which the method's promise
     * fails, which it returns. The argument is an object with a method {@code name()}.
     */
    ENTRY_PROMISE,
    /**
     * As {@link #ENTRY}; the bridge returns null or a failure, which the method's promise, its last
     * parameter, gets by {@code failed(Throwable)}, or by {@code setFailure(Throwable)} if the
     * method returns it.
     */
    ENTRY_FAILED,
    /** Before the method returns an object. */
    EXIT
  }

  private static final String TRANSPORTS = NativeTransportBridge.WOVEN_NAME.replace('.', '/');

  /** A hook that calls {@link NativeTransportBridge}. */
  TransportHook(
      String suffix,
      String method,
      String descriptor,
      How how,
      String bridgeMethod,
      String bridgeDescriptor,
      List<Integer> arguments) {
    this(suffix, method, descriptor, how, TRANSPORTS, bridgeMethod, bridgeDescriptor, arguments);
  }

  TransportHook {
    arguments = List.copyOf(arguments);
  }

  /** Whether the method is native, and so is renamed. */
  boolean isNative() {
    return switch (how) {
      case BEFORE, LIMIT, AFTER, AFTER_ACCEPT, BLIND -> true;
      case ENTRY, ENTRY_ACCEPT, ENTRY_BLIND, ENTRY_PROMISE, ENTRY_FAILED, EXIT -> false;
    };
  }
}
