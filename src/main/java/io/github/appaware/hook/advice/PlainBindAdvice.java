package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** {@code AbstractPlainSocketImpl.bind(local, port)}. */
public final class PlainBindAdvice {
  private PlainBindAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(value = 0, readOnly = false) InetAddress local, @Advice.Argument(1) int port)
      throws IOException {
    local = Bridge.bindTo(local, port, 1);
  }
}
