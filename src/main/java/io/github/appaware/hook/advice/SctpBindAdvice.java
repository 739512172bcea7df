package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** {@code SctpNet.bindx(fd, addresses, port, add)}. */
public final class SctpBindAdvice {
  private SctpBindAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(value = 1, readOnly = false) InetAddress[] local,
      @Advice.Argument(2) int port,
      @Advice.Argument(3) boolean add)
      throws IOException {
    if (add) {
      local = Bridge.bindAllTo(local, port, Bridge.SCTP);
    }
  }
}
