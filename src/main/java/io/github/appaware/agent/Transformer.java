package io.github.appaware.agent;

import io.github.appaware.bridge.NativeTransports;
import io.github.appaware.bridge.WovenClasses;
import java.lang.instrument.ClassFileTransformer;
import java.security.AccessController;
import java.security.PrivilegedAction;
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

  /** A security manager would be asked for it later. */
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private final WovenClasses classes;
  private final WovenClassSource weaving;
  private final LateTransformer late;
  private final ManagerPreparation preparation;

  Transformer(
      WovenClasses classes,
      WovenClassSource weaving,
      LateTransformer late,
      ManagerPreparation preparation) {
    this.classes = classes;
    this.weaving = weaving;
    this.late = late;
    this.preparation = preparation;
  }

  boolean hasWoven(String name) {
    return wovenNames.contains(name);
  }

  @Override
  @SuppressWarnings("removal") // there is none on JDK 24 and later
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] offered) {
    if (className == null) {
      return null;
    }
    WovenClasses.Pair pair = loader == null || loader == PLATFORM ? classes.get(className) : null;
    if (pair == null
        && NativeTransports.suffix(className) == null
        && !TestEngines.include(className)) {
      if (ManagerPreparation.IS_BEGIN.equals(className)) {
        preparation.run();
      }
      return null;
    }
    return System.getSecurityManager() == null
        ? woven(className, redefined, offered, pair)
        : AccessController.doPrivileged(new Privileged(this, className, redefined, offered, pair));
  }

  /** Weaves although the code that has the class loaded may not do what that takes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Privileged(
      Transformer transformer,
      String className,
      Class<?> redefined,
      byte[] offered,
      WovenClasses.Pair pair)
      implements PrivilegedAction<byte[]> {
    @Override
    public byte[] run() {
      return transformer.woven(className, redefined, offered, pair);
    }
  }

  private byte[] woven(
      String className, Class<?> redefined, byte[] offered, WovenClasses.Pair pair) {
    try {
      if (pair == null) {
        return late.weave(className, offered, this);
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
    return WovenClasses.libraryOf(className) == null
        ? !className.startsWith("sun/instrument/")
        : className.startsWith("java/net/") || className.startsWith("sun/net/");
  }
}
