package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import net.bytebuddy.asm.Advice;

/** The static initializers that load the JDK's network library. */
public final class NetworkAdvice {
  private NetworkAdvice() {}

  @Advice.OnMethodEnter
  static void enter() {
    Bridge.network();
  }
}
