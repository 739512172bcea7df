package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.NativeTransportBridge;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the code that called a restricted method of {@code java.lang.foreign}, on its own stack.
 *
 * <p>The JDK uses these methods itself, for consoles and fonts. Such a call is one that a class of
 * the JDK makes directly. Where a method handle, a proxy, a hidden class or reflection makes the
 * call, a class of the JDK that stands behind it proves nothing: it calls what it was given.
 */
final class CallerFinder implements Function<Stream<StackFrame>, String> {
  private static final String UNNAMED = "ALL-UNNAMED";

  /** What stands between the method and its hook. */
  private static final Set<String> HOOK =
      Set.of(
          Bridge.WOVEN_NAME,
          NativeTransportBridge.WOVEN_NAME,
          "jdk.internal.reflect.Reflection",
          "java.security.AccessController"); // where there is a security manager

  private CallerFinder() {}

  /**
   * The module that calls, as {@code --enable-native-access} names it; null if it is one of the
   * JDK's own.
   *
   * @param caller as the JDK determines it, or null: for a method handle that is the class that
   *     made it, so that a class of the implementation of {@code java.lang.foreign} really calls
   */
  static String module(Class<?> caller) {
    if (caller != null && JdkCode.is(caller) && isForeign(caller) && !caller.isHidden()) {
      return null;
    }
    return StackWalker.getInstance(
            Set.of(
                StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_HIDDEN_FRAMES))
        .walk(new CallerFinder());
  }

  @Override
  public String apply(Stream<StackFrame> frames) {
    boolean called = false;
    for (Iterator<StackFrame> each = frames.iterator(); each.hasNext(); ) {
      Class<?> type = each.next().getDeclaringClass();
      if (type.getModule() == CallerFinder.class.getModule()) {
        continue;
      }
      boolean jdk = JdkCode.is(type);
      if (!called && jdk && isForeign(type)) {
        continue;
      }
      if (!jdk) {
        Module module = type.getModule();
        // A proxy in a module of its own calls for code that stands further out.
        if (module.getLayer() == ModuleLayer.boot() || !module.isNamed()) {
          return module.isNamed() ? module.getName() : UNNAMED;
        }
      } else if (!called && isDirect(type)) {
        return null;
      }
      called = true;
    }
    return UNNAMED;
  }

  private static boolean isForeign(Class<?> type) {
    String name = type.getPackageName();
    return name.equals("java.lang.foreign")
        || name.equals("jdk.internal.foreign")
        || name.startsWith("jdk.internal.foreign.")
        || name.equals("jdk.incubator.foreign")
        || HOOK.contains(type.getName());
  }

  private static boolean isDirect(Class<?> type) {
    String name = type.getPackageName();
    return !type.isHidden()
        && !name.startsWith("java.lang.invoke")
        && !name.startsWith("java.lang.reflect")
        && !name.startsWith("jdk.internal.reflect");
  }
}
