package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/**
 * {@code AbstractPlainDatagramSocketImpl.send(packet)}: a connected socket was checked on connect.
 */
public final class PlainDatagramSendAdvice {
  private PlainDatagramSendAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.This Object socket,
      @Advice.Argument(value = 0, readOnly = false) DatagramPacket packet,
      @Advice.FieldValue("connected") boolean connected)
      throws IOException {
    if (!connected) {
      int port = packet.getPort();
      InetAddress judged = Bridge.sendTo(packet.getAddress(), port, Bridge.DATAGRAM, socket);
      packet =
          new DatagramPacket(
              packet.getData(), packet.getOffset(), packet.getLength(), judged, port);
    }
  }
}
