package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.NativeTransportBridge;
import io.github.appaware.bridge.NativeTransports;
import io.github.appaware.bridge.WovenClasses;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.List;

/**
 * Weaves classes outside {@code java.base} when they appear, which is rare and so may cost: first
 * the bridge that they will call is put in place, and the weaver loaded. On the thread that loads
 * the class.
 */
final class LateTransformer {
  /** The JDK that has {@code java.lang.foreign} for good. */
  private static final int FINAL = 22;

  private final WovenClasses classes;
  private final WovenClassSource weaving;
  private final EventChecker checker;
  private final Instrumentation instrumentation;

  /** Whether the bridge is there. */
  private boolean ready;

  LateTransformer(
      WovenClasses classes,
      WovenClassSource weaving,
      EventChecker checker,
      Instrumentation instrumentation) {
    this.classes = classes;
    this.weaving = weaving;
    this.checker = checker;
    this.instrumentation = instrumentation;
  }

  /**
   * The class with its hooks. A class without anything to hook is reported to the server; null when
   * it may be as it is, no class file at all when it may not be loaded.
   *
   * @param by the transformer for which native methods change their names
   */
  synchronized byte[] weave(String className, byte[] offered, ClassFileTransformer by)
      throws Exception {
    if (className.startsWith(NativeTransports.INCUBATOR_LINKER)
        && Runtime.version().feature() >= FINAL) {
      return null; // a class of java.base by now, hooked in its own way
    }
    byte[] woven = weaving.weave(className, offered);
    if (woven == null && className.startsWith(NativeTransports.INCUBATOR_LINKER)) {
      return null; // the one that all of them extend
    }
    if (woven == null) {
      return checker.apply(Bridge.LIBRARY, new Object[] {className.replace('/', '.')}) == null
          ? null
          : new byte[0];
    }
    if (!ready) {
      instrumentation.setNativeMethodPrefix(by, NativeTransportBridge.PREFIX);
      List<byte[]> transportBridges = classes.transportBridges();
      checker.provoke(Bridge.DEFINE, transportBridges.get(0), transportBridges.get(1));
      ready = true;
    }
    return woven;
  }
}
