package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;

/** {@code AbstractPlainDatagramSocketImpl.joinGroup(group, interface)}. */
public final class PlainJoinGroupAdvice {
  private PlainJoinGroupAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) SocketAddress group, @Advice.FieldValue("localPort") int port)
      throws IOException {
    if (group instanceof InetSocketAddress inet) {
      Bridge.bind(inet.getAddress(), port, Bridge.DATAGRAM);
    }
  }
}
