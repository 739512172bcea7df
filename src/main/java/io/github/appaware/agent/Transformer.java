package io.github.appaware.agent;

import io.github.appaware.bridge.WovenClasses;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands woven bytes to the JVM for the class files it offers. The JVM would swallow what a
 * transformer throws and go on with the class as it was, so nothing is thrown: a hook that can't be
 * put in place ends the JVM.
 */
final class Transformer implements ClassFileTransformer {
  /** Binary names of what was woven so far. */
  private static final Set<String> WOVEN = ConcurrentHashMap.newKeySet();

  private final WovenClasses classes;
  private final Weaving weaving;

  Transformer(WovenClasses classes, Weaving weaving) {
    this.classes = classes;
    this.weaving = weaving;
  }

  static boolean hasWoven(String name) {
    return WOVEN.contains(name);
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] offered) {
    if (loader != null || className == null) {
      return null;
    }
    WovenClasses.Pair pair = classes.get(className);
    if (pair == null) {
      return null;
    }
    try {
      byte[] woven = pair.isOf(offered) ? pair.woven() : weaving.weave(className, offered);
      WOVEN.add(className.replace('/', '.'));
      return woven;
    } catch (Throwable failure) { // the JVM would ignore it and load the class without its hook
      Stop.now("can't hook " + className + ": " + failure);
      return null;
    }
  }
}
