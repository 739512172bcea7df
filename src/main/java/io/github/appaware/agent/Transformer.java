package io.github.appaware.agent;

import io.github.appaware.bridge.NativeTransports;
import io.github.appaware.bridge.WovenClasses;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Replaces class files that the JVM loads by woven ones. The JVM ignores what a transformer throws
 * and loads the class unchanged, so nothing is thrown: a hook that can't be woven ends the JVM.
 */
final class Transformer implements ClassFileTransformer {
  /** Binary names of the classes woven so far. */
  private final Set<String> wovenNames = ConcurrentHashMap.newKeySet();

  /**
   * Loaded in each JVM before any agent, from the shared archive: the JVM then offers a class file
   * that it reconstructs, which never equals the original. The loaded class is the JDK's own,
   * unless an earlier agent changed it; that change is lost.
   */
  private static final Set<String> EARLY =
      Set.of(
          "jdk/internal/loader/NativeLibraries",
          "jdk/internal/reflect/Reflection",
          "sun/instrument/InstrumentationImpl");

  private final WovenClasses classes;
  private final WovenClassSource weaving;
  private final LateTransformer late;

  Transformer(WovenClasses classes, WovenClassSource weaving, LateTransformer late) {
    this.classes = classes;
    this.weaving = weaving;
    this.late = late;
  }

  boolean hasWoven(String name) {
    return wovenNames.contains(name);
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
    WovenClasses.Pair pair =
        loader == null || loader == ClassLoader.getPlatformClassLoader()
            ? classes.get(className)
            : null;
    try {
      if (pair == null) {
        return NativeTransports.suffix(className) == null
            ? null
            : late.weave(className, offered, this);
      }
      boolean known = pair.isOf(offered) || (redefined != null && EARLY.contains(className));
      byte[] woven = known ? pair.woven() : weaving.weave(className, offered);
      if (!isOfBase(className)) {
        late.prepare(this);
      }
      wovenNames.add(className.replace('/', '.'));
      return woven;
    } catch (Throwable failure) { // the JVM would ignore it and load the class without its hook
      AgentAbort.now("can't hook " + className + ": " + failure);
      return null;
    }
  }

  /** Other modules reach the bridge by way of a class that every module sees. */
  private static boolean isOfBase(String className) {
    return WovenClasses.libraryOf(className) == null && !className.startsWith("sun/instrument/");
  }
}
