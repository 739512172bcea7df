package io.github.appaware.agent;

import io.github.appaware.bridge.NativeTransportBridge;
import io.github.appaware.bridge.NativeTransports;
import io.github.appaware.bridge.Operation;
import io.github.appaware.bridge.WovenClasses;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;

/**
 * Weaves classes outside {@code java.base} when they are loaded, on the loading thread. Such
 * classes are rare, so the bridge that they call and the weaver are loaded only with the first one.
 */
final class LateTransformer {
  /** The first JDK with {@code java.lang.foreign} as a standard API. */
  private static final int FINAL = 22;

  private final WovenClasses classes;
  private final WovenClassSource weaving;
  private final EventChecker checker;
  private final Instrumentation instrumentation;

  /** Whether the bridge is defined. */
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
   * The woven class. A class of that name with nothing to hook is reported to the server: null if
   * it may be loaded unchanged, an invalid class file if not.
   *
   * @param by the transformer whose prefix renamed native methods get
   */
  synchronized byte[] weave(String className, byte[] offered, ClassFileTransformer by)
      throws Exception {
    if (className.startsWith(NativeTransports.INCUBATOR_LINKER)
        && Runtime.version().feature() >= FINAL) {
      return null; // now a class of java.base, which is hooked there
    }
    if (TestEngines.include(className)) {
      return tests(className, offered, by);
    }
    byte[] woven = weaving.weave(className, offered);
    if (woven == null && className.startsWith(NativeTransports.INCUBATOR_LINKER)) {
      return null; // the common superclass
    }
    if (woven == null && NativeTransports.isResolver(NativeTransports.suffix(className))) {
      return null; // it opens nothing: its queries are events of their own
    }
    boolean isProxyClient = NativeTransports.isProxyClient(NativeTransports.suffix(className));
    if (woven == null && isProxyClient) {
      return null; // likewise: a version that is not known uses a proxy unobserved
    }
    if (isProxyClient) {
      checker.proxies().observed(className.replace('/', '.'));
    }
    if (woven == null) {
      return checker.apply(Operation.LIBRARY, new Object[] {className.replace('/', '.'), null})
              == null
          ? null
          : new byte[0];
    }
    prepare(by);
    return woven;
  }

  /** Tests are told from now on, where this version of the framework is known. */
  private byte[] tests(String className, byte[] offered, ClassFileTransformer by) {
    byte[] woven = TestEngines.weave(className, offered);
    if (woven != null) {
      checker.tellTests();
      prepare(by);
    }
    return woven;
  }

  /** Defines what woven classes outside {@code java.base} call, once. */
  synchronized void prepare(ClassFileTransformer by) {
    if (!ready) {
      instrumentation.setNativeMethodPrefix(by, NativeTransportBridge.PREFIX);
      checker.provoke(Operation.DEFINE, classes.transportBridges().toArray());
      ready = true;
    }
  }
}
