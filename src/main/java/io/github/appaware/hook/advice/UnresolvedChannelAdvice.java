package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;

/** {@code Net.checkAddress(address)}. */
public final class UnresolvedChannelAdvice {
  private UnresolvedChannelAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) SocketAddress address) {
    Bridge.unresolvedUnchecked(address);
  }
}
