package io.github.appaware.hook;

import io.github.appaware.bridge.NativeTransportBridge;
import io.github.appaware.bridge.NativeTransports;
import java.util.List;

/**
 * One hooked method of a class outside {@code java.base}.
 *
 * @param suffix one of the constants of {@link NativeTransports}
 * @param method the method's name
 * @param descriptor its descriptor, of class names the last word only: the packages of copies have
 *     other names
 * @param how where the call goes
 * @param bridgeMethod the method of {@link NativeTransportBridge} that is called
 * @param bridgeDescriptor its descriptor
 * @param arguments what it is given: the numbers of parameters of the method, or {@link #THIS},
 *     {@link #RESULT} or {@link #CAPACITY}
 */
record TransportHook(
    String suffix,
    String method,
    String descriptor,
    How how,
    String bridgeMethod,
    String bridgeDescriptor,
    List<Integer> arguments) {
  /** The object. */
  static final int THIS = -1;

  /** What the native method returned. */
  static final int RESULT = -2;

  /** The largest datagram that fits, read before the native method overwrites it. */
  static final int CAPACITY = -3;

  /** Where the call goes. */
  enum How {
    /** Before a native method. */
    BEFORE,
    /** Before a native method, whose last parameter becomes the result. */
    LIMIT,
    /** After a native method, which is called again when the result says so. */
    AFTER,
    /** As {@link #AFTER}, and closes a denied connection first. */
    AFTER_ACCEPT,
    /** Before a native method of unknown effect: the event carries only its name. */
    BLIND,
    /** Into a method, as its first line. */
    ENTRY,
    /** As {@link #ENTRY}; if the result is false, closes the connection and fails. */
    ENTRY_ACCEPT,
    /** As {@link #ENTRY}; the event carries only the method's name. */
    ENTRY_BLIND
  }

  TransportHook {
    arguments = List.copyOf(arguments);
  }

  /** Whether it is about a native method, which is renamed then. */
  boolean isNative() {
    return switch (how) {
      case BEFORE, LIMIT, AFTER, AFTER_ACCEPT, BLIND -> true;
      case ENTRY, ENTRY_ACCEPT, ENTRY_BLIND -> false;
    };
  }
}
