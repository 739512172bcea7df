package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.WovenClasses;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Defines the bridge in the package of the hooked classes. The cheap way uses a class of that
 * package that no JVM needs this early: when it is loaded, it gets a static initializer that lends
 * its lookup to this object, once. If another agent had it loaded before, the package is opened to
 * the agent's own loader instead, for which the JVM generates a dozen classes (7 ms on JDK 17; 12
 * ms and 7 MiB on 25). Either way the package stays closed to the application.
 */
final class BridgeInjector implements ClassFileTransformer, Consumer<MethodHandles.Lookup> {
  private static final String PACKAGE = "sun.nio.ch";

  private final WovenClasses woven;
  private boolean entered;
  private IllegalAccessException failure;

  private BridgeInjector(WovenClasses woven) {
    this.woven = woven;
  }

  static void enter(Instrumentation instrumentation, WovenClasses woven)
      throws ClassNotFoundException, IllegalAccessException {
    BridgeInjector injector = new BridgeInjector(woven);
    instrumentation.addTransformer(injector);
    System.getProperties().put(Bridge.LENDER_PROPERTY, injector);
    Class<?> lender;
    try {
      lender = Class.forName(Bridge.LENDER_NAME, true, null);
    } finally {
      instrumentation.removeTransformer(injector);
      System.getProperties().remove(Bridge.LENDER_PROPERTY);
    }
    if (injector.failure != null) {
      throw injector.failure;
    }
    if (!injector.entered) {
      open(instrumentation);
      injector.define(MethodHandles.privateLookupIn(lender, MethodHandles.lookup()));
    }
  }

  /** Opens the package to the agent's module. */
  private static void open(Instrumentation instrumentation) {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of(PACKAGE, Set.of(BridgeInjector.class.getModule())),
        Set.of(),
        Map.of());
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] offered) {
    return loader == null
            && redefined == null
            && Bridge.LENDER_INTERNAL_NAME.equals(className)
            && woven.lookupLender().isOf(offered)
        ? woven.lookupLender().woven()
        : null;
  }

  /** Called by the static initializer of {@link Bridge#LENDER_NAME}. */
  @Override
  public void accept(MethodHandles.Lookup inside) {
    try {
      define(inside);
    } catch (IllegalAccessException e) {
      failure = e;
    }
  }

  private void define(MethodHandles.Lookup inside) throws IllegalAccessException {
    entered = true;
    for (byte[] each : woven.bridge()) {
      inside.defineClass(each);
    }
  }
}
