package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import net.bytebuddy.asm.Advice;

/** {@code AbstractLinker.downcallHandle0(function, options)}. */
public final class ForeignAdvice {
  private ForeignAdvice() {}

  @Advice.OnMethodEnter
  static void enter() {
    Bridge.foreign();
  }
}
