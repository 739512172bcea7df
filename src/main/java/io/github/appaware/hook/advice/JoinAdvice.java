package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import net.bytebuddy.asm.Advice;

/** {@code DatagramChannelImpl.innerJoin(group, interface, source)}. */
public final class JoinAdvice {
  private JoinAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) InetAddress group,
      @Advice.FieldValue("localAddress") InetSocketAddress local)
      throws IOException {
    Bridge.bind(group, local == null ? 0 : local.getPort(), Bridge.DATAGRAM);
  }
}
