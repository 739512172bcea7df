package io.github.appaware.hook;

import io.github.appaware.bridge.InboundBridge;
import io.github.appaware.bridge.WovenClasses;
import java.util.List;

/**
 * One hooked method of the JDK.
 *
 * @param type the class, {@code sun.nio.ch.Net}
 * @param method the method's name
 * @param descriptors its descriptors since JDK 17, the innermost overload first; the first that
 *     exists is hooked, and one must exist
 * @param how how it is hooked
 * @param since the first JDK version that has it
 * @param until the last JDK version that has it
 */
record Hook(String type, String method, List<String> descriptors, How how, int since, int until) {
  /** The upper bound for a method that the newest JDK still has. */
  static final int NOW = Integer.MAX_VALUE;

  /** How a method is hooked. */
  sealed interface How
      permits Inlined,
          BeforeListen,
          Redirected,
          OwnBuffer,
          WatchedPeer,
          LateDirectory,
          BeforeSocks,
          BeforeNative {}

  /** The body of an advice class. */
  record Inlined(Class<?> advice) implements How {}

  /**
   * A check right before each call of the native {@code Net.listen}, when the socket is bound and
   * its port known: advice cannot be inlined into a native method.
   *
   * @param unix whether the socket is a Unix-domain one
   */
  record BeforeListen(boolean unix) implements How {}

  /**
   * The bridge's method of the same signature in place of each call of the native {@code
   * Net.accept}, whose callers handle the result for "no connection yet".
   *
   * @param to the name of a method in {@link InboundBridge}
   */
  record Redirected(String to) implements How {}

  /**
   * The bridge's decision in place of the test whether a buffer is direct memory, which the kernel
   * could fill while the message is still being judged: the JDK's own way for other buffers, which
   * copies from memory of its own, is then taken.
   *
   * @param connected the local variable that says whether the socket is connected, so that nothing
   *     is judged; -1 when it never is
   */
  record OwnBuffer(int connected) implements How {}

  /**
   * The bridge's methods of the same names in place of each call of {@code IOUtil.read} and {@code
   * IOUtil.write}: they get the channel and its peer besides, and call the JDK's own unless the
   * peer is a name server.
   */
  record WatchedPeer() implements How {}

  /**
   * The directory of sockets without a name is asked for when one is needed, not when the class is
   * initialized: the agent needs the class before the program has set its properties.
   */
  record LateDirectory() implements How {}

  /** A check between the connection to a SOCKS proxy and the first byte that is sent over it. */
  record BeforeSocks() implements How {}

  /**
   * A check right before each call of a native method, one that loads what the caller names.
   *
   * @param owner the internal name of the native method's class
   * @param name the native method
   * @param argument the index of the argument that the check gets, a {@link String}
   * @param what what the check gets instead, for {@link Then#SKIP}
   * @param then what the check decides
   * @param bridge the class that has it
   * @param bridgeMethod its name
   */
  record BeforeNative(
      String owner,
      String name,
      int argument,
      String what,
      Then then,
      Class<?> bridge,
      String bridgeMethod)
      implements How {
    /** What the check decides. */
    enum Then {
      /** It throws if the call is denied. */
      CALL,
      /** Its result takes the place of the argument. */
      REPLACE,
      /** Its result says whether to call; if not, the result is false. */
      SKIP
    }
  }

  Hook {
    descriptors = List.copyOf(descriptors);
  }

  boolean in(int feature) {
    return since <= feature && feature <= until;
  }

  /** Whether the class may be missing: it is in a module that an image need not have. */
  boolean isOptional() {
    return WovenClasses.libraryOf(internalName()) != null;
  }

  String internalName() {
    return type.replace('.', '/');
  }
}
