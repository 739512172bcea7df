package io.github.appaware.agent;

import io.github.appaware.bridge.NativeTransports;
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
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  /**
   * Loaded in each JVM before any agent, out of the shared archive: the JVM then offers not the
   * class file but one that it makes anew, which is never equal. What is loaded is the JDK's own,
   * unless an agent before this one changed it, which is lost here.
   */
  private static final String EARLY = "jdk/internal/loader/NativeLibraries";

  private final WovenClasses classes;
  private final WovenClassSource weaving;
  private final LateTransformer late;

  Transformer(WovenClasses classes, WovenClassSource weaving, LateTransformer late) {
    this.classes = classes;
    this.weaving = weaving;
    this.late = late;
  }

  boolean hasWoven(String name) {
    return done.contains(name);
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] offered) {
    if (className == null) {
      return null;
    }
    WovenClasses.Pair pair = loader == null ? classes.get(className) : null;
    try {
      if (pair == null) {
        return NativeTransports.suffix(className) == null
            ? null
            : late.weave(className, offered, this);
      }
      boolean known = pair.isOf(offered) || (redefined != null && className.equals(EARLY));
      byte[] woven = known ? pair.woven() : weaving.weave(className, offered);
      done.add(className.replace('/', '.'));
      return woven;
    } catch (Throwable failure) { // the JVM would ignore it and load the class without its hook
      AgentAbort.now("can't hook " + className + ": " + failure);
      return null;
    }
  }
}
