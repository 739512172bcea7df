package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** {@code AbstractPlainDatagramSocketImpl.bind(port, local)}. */
public final class PlainDatagramBindAdvice {
  private PlainDatagramBindAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) int port, @Advice.Argument(value = 1, readOnly = false) InetAddress local)
      throws IOException {
    local = Bridge.bindTo(local, port, Bridge.DATAGRAM);
  }
}
