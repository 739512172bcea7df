package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import net.bytebuddy.asm.Advice;

/** The static initializers of {@code InetAddress} and {@code Net}. */
public final class AddressAdvice {
  private AddressAdvice() {}

  @Advice.OnMethodEnter
  static void enter() {
    Bridge.addresses();
  }
}
