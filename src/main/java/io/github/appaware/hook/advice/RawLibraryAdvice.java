package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import net.bytebuddy.asm.Advice;

/** {@code RawNativeLibraries.load(path)}: a library for {@code java.lang.foreign}. */
public final class RawLibraryAdvice {
  private RawLibraryAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) String path) {
    Bridge.rawLibrary(path);
  }
}
