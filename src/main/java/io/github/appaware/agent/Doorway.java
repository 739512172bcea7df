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
 * Defines the bridge beside the hooked classes. The cheap way in is a class of that package that no
 * JVM needs this early: as it is loaded it gets a static initializer that lends its rights to this
 * object, once. Where another agent had it loaded before, the package is opened to the agent's own
 * loader instead, which makes the JVM spin a dozen classes (7 ms on JDK 17; 12 ms and 7 MiB on 25).
 * For the application the package is as closed as ever either way.
 */
final class Doorway implements ClassFileTransformer, Consumer<MethodHandles.Lookup> {
  private static final String PACKAGE = "sun.nio.ch";

  private final WovenClasses woven;
  private boolean entered;
  private IllegalAccessException failure;

  private Doorway(WovenClasses woven) {
    this.woven = woven;
  }

  static void enter(Instrumentation instrumentation, WovenClasses woven)
      throws ClassNotFoundException, IllegalAccessException {
    Doorway doorway = new Doorway(woven);
    instrumentation.addTransformer(doorway);
    System.getProperties().put(Bridge.DOORWAY_PROPERTY, doorway);
    Class<?> neighbour;
    try {
      neighbour = Class.forName(Bridge.DOORWAY_NAME, true, null);
    } finally {
      instrumentation.removeTransformer(doorway);
      System.getProperties().remove(Bridge.DOORWAY_PROPERTY);
    }
    if (doorway.failure != null) {
      throw doorway.failure;
    }
    if (!doorway.entered) {
      open(instrumentation);
      doorway.define(MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()));
    }
  }

  /** Equal on JDK 17 to 25. */
  private static void open(Instrumentation instrumentation) {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of(PACKAGE, Set.of(Doorway.class.getModule())),
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
            && Bridge.DOORWAY_INTERNAL_NAME.equals(className)
            && woven.doorway().isOf(offered)
        ? woven.doorway().woven()
        : null;
  }

  /** Called by the class that is let go through. */
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
