package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.InboundBridge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;

/**
 * {@code DatagramChannelImpl.send(fd, buffer, target)}. What goes to a name server is judged by the
 * name in it, and sent from a copy.
 */
public final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter
  static ByteBuffer enter(
      @Advice.This Object channel,
      @Advice.Argument(value = 1, readOnly = false) ByteBuffer datagram,
      @Advice.Argument(value = 2, readOnly = false) InetSocketAddress target)
      throws IOException {
    target = Bridge.sendTo(target, Bridge.DATAGRAM, channel);
    ByteBuffer given = null;
    if (target.getPort() == Bridge.DNS) {
      given = datagram;
      datagram = InboundBridge.query(datagram, target, channel);
    }
    return given;
  }

  @Advice.OnMethodExit
  static void exit(@Advice.Enter ByteBuffer given, @Advice.Return int n) {
    if (given != null && n > 0) {
      given.position(given.position() + n);
    }
  }
}
