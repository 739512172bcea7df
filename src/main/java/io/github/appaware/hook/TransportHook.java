package io.github.appaware.hook;

import java.util.List;

/**
 * One hooked method of a class outside {@code java.base}.
 *
 * @param suffix one of the constants of {@code Transports}
 * @param method the method's name
 * @param descriptor its descriptor, of class names the last word only: the packages of copies have
 *     other names
 * @param how where the call goes
 * @param door the method of {@code Door} that is called
 * @param doorDescriptor its descriptor
 * @param arguments what it is given: the numbers of parameters of the method, or {@link #THIS},
 *     {@link #RESULT} or {@link #CAPACITY}
 */
record TransportHook(
    String suffix,
    String method,
    String descriptor,
    How how,
    String door,
    String doorDescriptor,
    List<Integer> arguments) {
  /** The object. */
  static final int THIS = -1;

  /** What the native method returned. */
  static final int RESULT = -2;

  /** How much a datagram may be long, asked before the native method overwrites it. */
  static final int CAPACITY = -3;

  /** Where the call goes. */
  enum How {
    /** In front of a native method. */
    BEFORE,
    /** In front of a native method, whose last parameter becomes the result. */
    LIMIT,
    /** Behind a native method, which is called again where the result says so. */
    AFTER,
    /** The same, and hangs up first. */
    AFTER_ACCEPT,
    /** Instead of a native method of unknown effect: only the name is asked about. */
    BLIND,
    /** Into a method, as its first line. */
    ENTRY,
    /** The same; where the result is false, hangs up and fails. */
    ENTRY_ACCEPT,
    /** The same; only the name is asked about. */
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
