package io.github.appaware.agent;

import io.github.appaware.bridge.Operation;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.function.BiFunction;

/**
 * What the agent has the bridge do for it, from inside the JDK: what a security manager of the
 * program would be asked about otherwise, and so would see or forbid. Safe for all threads.
 */
final class BridgeCalls {
  /** Null until there is a bridge. */
  private static volatile BiFunction<Integer, Object[], Object> bridge;

  private BridgeCalls() {}

  /** The bridge, once it is initialized. */
  static void use(BiFunction<Integer, Object[], Object> initialized) {
    bridge = initialized;
  }

  /** The protection domain of a class. */
  static ProtectionDomain domain(Class<?> type) {
    return bridge == null
        ? type.getProtectionDomain()
        : (ProtectionDomain) bridge.apply(Operation.DOMAIN, new Object[] {type});
  }

  /**
   * The same for the class that the system class loader has by this name.
   *
   * @throws ClassNotFoundException if it has none
   */
  static ProtectionDomain domain(String name) throws ClassNotFoundException {
    if (bridge == null) {
      return Class.forName(name, false, ClassLoader.getSystemClassLoader()).getProtectionDomain();
    }
    try {
      return (ProtectionDomain) bridge.apply(Operation.DOMAIN, new Object[] {name});
    } catch (IllegalStateException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** The options that the JVM was started with. */
  static String[] options() {
    return (String[]) bridge.apply(Operation.OPTIONS, new Object[0]);
  }

  /** What a file is, as {@link Operation#FILE} has it. */
  static Object[] file(Path path, boolean followed) {
    return (Object[]) bridge.apply(Operation.FILE, new Object[] {path, followed});
  }

  /** Where the calling thread is, as {@link Operation#STACK} has it, or null. */
  static Object stack() {
    return bridge.apply(Operation.STACK, null);
  }

  /** Whether a class is the bridge's. */
  static boolean isBridge(Object type) {
    return bridge.getClass() == type;
  }

  /** Makes sure that the JVM can be ended and files be read, before there is a manager. */
  static void prepare() {
    Object unused = bridge.apply(Operation.STOP, new Object[1]);
  }

  /** Ends the JVM at once, whatever a security manager says; returns if there is no bridge yet. */
  static void stop(int status) {
    if (bridge != null) {
      Object unused = bridge.apply(Operation.STOP, new Object[] {status});
    }
  }
}
