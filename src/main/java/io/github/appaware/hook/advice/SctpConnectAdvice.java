package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** {@code SctpNet.connect(fd, remote, port)}. */
public final class SctpConnectAdvice {
  private SctpConnectAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(value = 1, readOnly = false) InetAddress remote,
      @Advice.Argument(2) int port)
      throws IOException {
    remote = Bridge.connectTo(remote, port, Bridge.SCTP);
  }
}
