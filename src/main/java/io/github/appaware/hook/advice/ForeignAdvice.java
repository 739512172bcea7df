package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import net.bytebuddy.asm.Advice;

/**
 * {@code Reflection.ensureNativeAccess(caller, owner, method, jni)}, which every restricted method
 * of {@code java.lang.foreign} calls: it links functions in both directions and opens native
 * memory. Loading a library is another event.
 */
public final class ForeignAdvice {
  private ForeignAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) Class<?> caller,
      @Advice.Argument(2) String method,
      @Advice.Argument(value = 3, optional = true) boolean jni) {
    if (!jni
        && !method.equals("libraryLookup")
        && !method.equals("load")
        && !method.equals("loadLibrary")) {
      Bridge.foreign(caller);
    }
  }
}
