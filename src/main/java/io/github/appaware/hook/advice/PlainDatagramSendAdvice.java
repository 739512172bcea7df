package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.DatagramPacket;
import net.bytebuddy.asm.Advice;

/**
 * {@code AbstractPlainDatagramSocketImpl.send(packet)}: a connected socket was checked on connect.
 */
public final class PlainDatagramSendAdvice {
  private PlainDatagramSendAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) DatagramPacket packet, @Advice.FieldValue("connected") boolean connected)
      throws IOException {
    if (!connected) {
      Bridge.send(packet.getAddress(), packet.getPort(), Bridge.DATAGRAM);
    }
  }
}
