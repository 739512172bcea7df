package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** {@code AbstractPlainDatagramSocketImpl.connect(remote, port)}. */
public final class PlainDatagramConnectAdvice {
  private PlainDatagramConnectAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(value = 0, readOnly = false) InetAddress remote,
      @Advice.Argument(1) int port)
      throws IOException {
    remote = Bridge.connectTo(remote, port, Bridge.DATAGRAM);
  }
}
