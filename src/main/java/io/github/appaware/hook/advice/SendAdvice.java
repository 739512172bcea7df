package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetSocketAddress;
import net.bytebuddy.asm.Advice;

/** {@code DatagramChannelImpl.send(fd, buffer, target)}. */
public final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(2) InetSocketAddress target) throws IOException {
    Bridge.send(target, Bridge.DATAGRAM);
  }
}
