package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import net.bytebuddy.asm.Advice;

/**
 * {@code NativeLibraries.loadLibrary(fromClass, path, isBuiltin)}; a built-in library is the JDK's
 * own.
 */
public final class LibraryAdvice {
  private LibraryAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) Class<?> from,
      @Advice.Argument(1) String path,
      @Advice.Argument(2) boolean builtIn) {
    if (!builtIn) {
      Bridge.library(path, from);
    }
  }
}
