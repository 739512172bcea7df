package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** {@code AbstractPlainDatagramSocketImpl.join(group)}. */
public final class PlainJoinAdvice {
  private PlainJoinAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) InetAddress group, @Advice.FieldValue("localPort") int port)
      throws IOException {
    Bridge.bind(group, port, Bridge.DATAGRAM);
  }
}
