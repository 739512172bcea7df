package io.github.appaware.hook;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetSocketAddress;
import net.bytebuddy.asm.Advice;

/** {@code DatagramChannelImpl.send(fd, buffer, target)}. */
final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(2) InetSocketAddress target) throws IOException {
    Bridge.send(target, Bridge.DATAGRAM);
  }
}
